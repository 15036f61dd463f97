/** Every error that the object front answers, by the cloud's own code, with its HTTP status. */
const STATUS = {
  AccessDenied: 403,
  BucketAlreadyExists: 409,
  EntityTooLarge: 400,
  FileAlreadyExists: 409,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidBucketName: 400,
  InvalidDigest: 400,
  InvalidObjectName: 400,
  InvalidRange: 416,
  InvalidURI: 400,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  QuotaExceeded: 403,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
} as const;

export type OssErrorCode = keyof typeof STATUS;

export type OssError = {
  readonly kind: 'error';
  readonly code: OssErrorCode;
  readonly message: string;
  /** Further elements of the body, by their names. */
  readonly details?: Readonly<Record<string, string>>;
};

export function ossError(code: OssErrorCode, message: string, details?: OssError['details']): OssError {
  return { kind: 'error', code, message, ...(details === undefined ? {} : { details }) };
}

export function statusOf(code: OssErrorCode): number {
  return STATUS[code];
}

/** The body of an error, as the cloud's clients parse it. */
export function errorXml(error: OssError, requestId: string, hostId: string): string {
  const elements = {
    Code: error.code,
    Message: error.message,
    RequestId: requestId,
    HostId: hostId,
    ...error.details,
  };
  const lines = Object.entries(elements).map(([name, value]) => `  <${name}>${escapeXml(value)}</${name}>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n${lines.join('')}</Error>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
  // What XML 1.0 cannot hold in any form becomes the replacement character.
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}
