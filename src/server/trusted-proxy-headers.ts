/** One proxy's entry of a header that names who called whom. */
export type ForwardedHop = {
  /** As it stands there: an address with or without a port, `unknown`, or a name of the proxy's making. */
  readonly address: string;
  /** Lower case; absent where the proxy does not say. */
  readonly scheme?: string | undefined;
};

/** `for=192.0.2.60;proto=http` with quoted values that may hold colons and brackets, then `;`, `,` or the end. */
const PAIR = /[ \t]*(?:([a-z]+)=(?:"([^"\\]*)"|([^\s,;"]*)))?[ \t]*(;|,|$)/giy;

/** The hops of a Forwarded header (RFC 7239), in its order. */
export function readForwarded(header: string): readonly ForwardedHop[] | 'unreadable' {
  const hops: ForwardedHop[] = [];
  let pairs = new Map<string, string>();
  for (PAIR.lastIndex = 0; ;) {
    const match = PAIR.exec(header);
    if (match === null) return 'unreadable';
    const [, name, quoted, token, end] = match;
    if (name !== undefined) {
      if (pairs.has(name.toLowerCase())) return 'unreadable';
      pairs.set(name.toLowerCase(), quoted ?? token ?? '');
    }
    if (end === ';') continue;
    hops.push({ address: pairs.get('for') ?? 'unknown', scheme: pairs.get('proto')?.toLowerCase() });
    if (end === '') return hops;
    pairs = new Map();
  }
}
