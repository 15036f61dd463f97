import { readFileSync } from 'node:fs';

type Forms = {
  readonly urls: Readonly<Record<string, readonly string[]>>;
  readonly names: Readonly<Record<string, readonly string[]>>;
};

const forms = JSON.parse(readFileSync(new URL('ssrf-forms.json', import.meta.url), 'utf8')) as Forms;

/** By what they have in common. */
export const HOSTILE_URLS = forms.urls;
export const HOSTILE_NAMES = Object.keys(forms.names);

/** Every form as a URL. */
export const ALL_FORMS: readonly string[] = [
  ...Object.values(forms.urls).flat(),
  ...HOSTILE_NAMES.map((name) => `http://${name}/`),
];

/** A name server that knows the hostile names, and one that is fine. */
export async function resolveHostile(name: string): Promise<readonly string[]> {
  return name === 'example.com' ? ['93.184.215.14'] : (forms.names[name] ?? []);
}

/** The same form with this port, where it is an http URL that names none. */
export function withPort(form: string, port: number): string | undefined {
  const parts = /^(http:\/\/)([^/?#\\@]+?)([/?#\\].*)?$/i.exec(form);
  const [, scheme = '', host = '', rest = '/'] = parts ?? [];
  if (parts === null || /:\d+$/.test(host.replace(/^\[.*\]/, ''))) return undefined;
  return `${scheme}${host}:${port}${rest}`;
}
