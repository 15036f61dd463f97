/** `{base}/v1/{path}`, whether or not the base ends in a slash or in /v1. */
export function urlOfApi(baseUrl: string, path: string): string {
  const url = new URL(baseUrl);
  const base = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return `${url.origin}${base}/v1/${path}`;
}
