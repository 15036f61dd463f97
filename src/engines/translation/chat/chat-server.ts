import { postPatiently, type Sleep } from '../../http/post-patiently.ts';
import { judgeFailure, notJson, type ServerFailure, type ServerWords } from '../../http/server-failure.ts';
import { parseServerJson } from '../../http/server-json.ts';
import { urlOfApi } from '../../http/url-of-api.ts';

export type ChatServerSettings = {
  /** SMARTJOBS_TRANSLATION_URL: with or without `/v1` at its end. The operator's own, so any address is allowed. */
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey?: string;
  /** Seconds that a request may take; for tests. */
  readonly timeLimit?: number;
  /** For tests. */
  readonly sleep?: Sleep;
};

/** What the model is told to be, and what it is asked. */
export type ChatQuestion = { readonly system: string; readonly user: string };

export type ChatAnswer =
  /** What the model wrote. '' where it wrote nothing. */
  | { readonly kind: 'answered'; readonly text: string }
  /** It takes no text like this one: it may be too long for the model. */
  | { readonly kind: 'refused'; readonly failure: ServerFailure }
  | ServerFailure;

/** Seconds. A model on the processor alone writes two or three words in one of them. */
const TIME_LIMIT = 600;

export function chatUrl(baseUrl: string): string {
  return urlOfApi(baseUrl, 'chat/completions');
}

/**
 * One question to a server that speaks the convention of OpenAI: llama.cpp, vLLM, LocalAI, Ollama. At temperature 0:
 * the same line is to become the same words. Throws the signal's reason when aborted.
 */
export async function askModel(
  { system, user }: ChatQuestion,
  { baseUrl, model, apiKey, timeLimit = TIME_LIMIT, sleep }: ChatServerSettings,
  signal: AbortSignal,
): Promise<ChatAnswer> {
  const messages = [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
  const body = JSON.stringify({ model, messages, temperature: 0, stream: false });
  const posted = await postPatiently({ url: chatUrl(baseUrl), apiKey, body, timeLimit, signal }, sleep);
  const words = chatServerWords(baseUrl);
  if (posted.kind !== 'body') {
    const failure = judgeFailure(posted, words, timeLimit);
    const isRefused = posted.kind === 'status' && [400, 413, 422].includes(posted.status);
    return isRefused ? { kind: 'refused', failure } : failure;
  }
  const parsed = parseServerJson(posted.text);
  if (parsed === undefined) return notJson(posted.text, words);
  const text = textOf(parsed.json);
  if (text !== undefined) return { kind: 'answered', text };
  const message = `${words.server} answered JSON that holds no completion. Is ${words.url} right?`;
  return { kind: 'failed', message, detail: posted.text.slice(0, 500) };
}

export function chatServerWords(baseUrl: string): ServerWords {
  return {
    server: `The language model server ${new URL(baseUrl).host}`,
    call: 'POST /v1/chat/completions',
    sent: 'text',
    url: 'SMARTJOBS_TRANSLATION_URL',
    key: 'SMARTJOBS_TRANSLATION_API_KEY',
    model: 'SMARTJOBS_TRANSLATION_MODEL',
    pathHint: '',
    refusalHint: ' and how long a text that model takes',
  };
}

/** Undefined where there is none. Parts that are no text, as the thoughts of some models, are left out. */
function textOf(json: unknown): string | undefined {
  const [first] = asList(asObject(json).choices);
  if (first === undefined) return undefined;
  const { content } = asObject(asObject(first).message);
  const parts = Array.isArray(content) ? content.map((part) => asObject(part).text ?? '') : [content ?? ''];
  return parts.every((part) => typeof part === 'string') ? withoutThought(parts.join('')) : undefined;
}

/**
 * What a model thinks first stands between tags: that is not its answer. The opening one is often a part of the
 * prompt, and not of what the model writes.
 */
function withoutThought(text: string): string {
  return text.replace(/^\s*(?![\s["{`])[\s\S]*?<\/think(ing)?>/i, '');
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
