/**
 * What every answer says besides its content. `no-store`: an answer is for whoever signed the request, and no cache
 * on the way knows who that was. The year of HSTS is promised only by what itself came over TLS (RFC 6797, 7.2).
 */
export function secureHeaders(secure: boolean): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...(secure && { 'strict-transport-security': 'max-age=31536000' }),
  };
}
