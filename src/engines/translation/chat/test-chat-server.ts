import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { rawServer } from '../../http/test-server.ts';
import type { TranslationOutcome, TranslationRequest } from '../translator.ts';
import type { ChatServerSettings } from './chat-server.ts';
import { chatTranslator } from './chat-translator.ts';

/** What the model is asked, as a test looks at it. */
export type Asked = {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly model: string;
  readonly system: string;
  readonly lines: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly glossary: Readonly<Record<string, string>> | undefined;
};

/** The model's words, or an answer of HTTP. */
export type Reply = string | { readonly status: number; readonly headers?: Record<string, string>; body?: string };

/** A language model server whose model says what the test says; `asked` are the questions so far. */
export async function chatServer(
  replyTo: (asked: Asked, count: number) => Reply,
): Promise<{ readonly baseUrl: string; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const baseUrl = await rawServer(async (request, response) => {
    const question = readQuestion(request, await text(request));
    asked.push(question);
    const reply = replyTo(question, asked.length);
    if (typeof reply !== 'string') {
      response.writeHead(reply.status, reply.headers ?? {}).end(reply.body ?? '');
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content: reply } }] }));
  });
  return { baseUrl, asked };
}

/** What a model that does its work makes of the lines: `<line>`. */
export function translated(lines: readonly string[]): string {
  return JSON.stringify(lines.map((line) => `<${line}>`));
}

type Wanted = Partial<TranslationRequest> & { readonly settings?: Partial<ChatServerSettings> };

/** Through the translator, whose pauses take no time. */
export function translate(baseUrl: string, { settings = {}, ...more }: Wanted = {}): Promise<TranslationOutcome> {
  const noPause = { sleep: () => Promise.resolve() };
  return chatTranslator({ baseUrl, model: 'small', ...noPause, ...settings }).translate({
    source: 'en',
    target: 'zh-Hans',
    lines: ['one', 'two', 'three'],
    glossary: [],
    scratch: '/',
    signal: new AbortController().signal,
    ...more,
  });
}

/** The texts of an outcome; of a line that has none, its reason behind a question mark. */
export function textsOf(outcome: TranslationOutcome): string[] {
  if (outcome.kind !== 'translated') throw new Error(outcome.message);
  return outcome.lines.map((line) => (line.kind === 'translated' ? line.text : `? ${line.reason}`));
}

function readQuestion({ url = '', headers }: IncomingMessage, body: string): Asked {
  const { model, messages } = JSON.parse(body) as { model: string; messages: { role: string; content: string }[] };
  const user = JSON.parse(messages[1]?.content ?? '{}') as Partial<Asked>;
  return {
    url,
    authorization: headers.authorization,
    model,
    system: messages[0]?.content ?? '',
    lines: user.lines ?? [],
    before: user.before ?? [],
    after: user.after ?? [],
    glossary: user.glossary,
  };
}
