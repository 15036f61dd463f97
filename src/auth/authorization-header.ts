import { refuse, type AuthRefusal } from './auth-error.ts';
import { signedHeaderNames } from './signed-header-names.ts';

/** The `Authorization` header of scheme V3, taken apart. */
export type AuthorizationHeader = {
  readonly kind: 'parsed';
  /** As sent, not yet known to be one that is served. */
  readonly algorithm: string;
  readonly accessKeyId: string;
  /** Lower case, sorted, none twice. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
};

const SHAPE = '<algorithm> Credential=<AccessKeyId>,SignedHeaders=<a;b;c>,Signature=<hex>';

/** Reads the three parts in any order, with or without spaces behind the commas. */
export function parseAuthorizationHeader(text: string): AuthorizationHeader | AuthRefusal {
  const space = text.indexOf(' ');
  const parts = new Map<string, string>();
  if (space > 0) {
    for (const part of text.slice(space + 1).split(',')) {
      const equals = part.indexOf('=');
      if (equals < 0) return refuseShape(`a part without '='`);
      const name = part.slice(0, equals).trim();
      if (parts.has(name)) return refuseShape('a part that comes twice');
      parts.set(name, part.slice(equals + 1).trim());
    }
  }
  const accessKeyId = parts.get('Credential');
  const names = parts.get('SignedHeaders');
  const signature = parts.get('Signature');
  if (!accessKeyId) return refuseShape('no Credential');
  if (!names) return refuseShape('no SignedHeaders');
  if (!signature) return refuseShape('no Signature');
  const signedHeaders = signedHeaderNames(names);
  if (signedHeaders === undefined) return refuseShape('a name in SignedHeaders that is empty or comes twice');
  return { kind: 'parsed', algorithm: text.slice(0, space), accessKeyId, signedHeaders, signature };
}

function refuseShape(found: string): AuthRefusal {
  return refuse('IncompleteSignature', `The Authorization header has ${found}. Its form is ${SHAPE}.`);
}
