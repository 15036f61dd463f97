/** One row of the error table. */
type ErrorRow = {
  /** HTTP status. Both families of clients need it beside the JSON Code: some look at one only, some at the other. */
  readonly status: number;
  /** When it is answered. */
  readonly meaning: string;
  /** Where the code and its status come from. */
  readonly source: 'client error pages of the service' | 'seen with the service' | 'this server';
};

const documented = 'client error pages of the service';
const seen = 'seen with the service';
const ours = 'this server';

/** Every code that the gateway and the operations answer, in the order in which a request meets them. */
export const API_ERRORS = {
  UnsupportedHTTPMethod: { status: 400, meaning: 'The HTTP method is neither GET nor POST.', source: documented },
  'InvalidApi.NotFound': { status: 404, meaning: 'The path is not `/`.', source: documented },
  RequestTooLarge: {
    status: 413,
    meaning: 'The body, or the query with the headers, is over its limit.',
    source: ours,
  },
  RequestTimeout: { status: 408, meaning: 'The request did not arrive whole in time.', source: ours },
  InvalidRequest: { status: 400, meaning: 'The bytes are not an HTTP request that can be read.', source: ours },
  'Missing<Parameter>': {
    status: 400,
    meaning: 'A mandatory parameter is absent; its name is in the code, as in `MissingJobId`.',
    source: documented,
  },
  'InvalidAction.NotFound': { status: 404, meaning: 'The action is not served here.', source: documented },
  InvalidVersion: { status: 400, meaning: 'No product is served in this version.', source: documented },
  'InvalidParameter.Format': { status: 400, meaning: 'Format is neither JSON nor XML.', source: documented },
  'InvalidParameter.Accept': { status: 400, meaning: 'Accept allows neither JSON nor XML.', source: documented },
  IncompleteSignature: {
    status: 400,
    meaning: 'Parts of the signature are missing or malformed.',
    source: documented,
  },
  InvalidSignatureMethod: { status: 400, meaning: 'The signature method is not supported.', source: documented },
  'InvalidTimeStamp.Format': {
    status: 400,
    meaning: 'The timestamp is not `yyyy-MM-ddTHH:mm:ssZ`.',
    source: documented,
  },
  'InvalidTimeStamp.Expired': { status: 400, meaning: 'The timestamp is over 15 minutes off.', source: documented },
  'InvalidAccessKeyId.Inactive': { status: 400, meaning: 'The access key is disabled.', source: documented },
  'InvalidAccessKeyId.NotFound': { status: 404, meaning: 'No such access key.', source: documented },
  'InvalidSecurityToken.Malformed': {
    status: 400,
    meaning: 'The security token is damaged, or not of this server.',
    source: documented,
  },
  'InvalidSecurityToken.Expired': { status: 400, meaning: 'The role session has ended.', source: documented },
  'InvalidSecurityToken.MismatchWithAccessKey': {
    status: 400,
    meaning: 'A security token came with an access key that it does not belong to.',
    source: documented,
  },
  ContentSHA256NotMatched: { status: 400, meaning: 'The body is not the one that was signed.', source: ours },
  SignatureDoesNotMatch: { status: 400, meaning: 'The signatures differ.', source: documented },
  SignatureNonceUsed: {
    status: 400,
    meaning: 'The nonce was used before with this access key.',
    source: documented,
  },
  NoPermission: {
    status: 403,
    meaning:
      'The caller may not perform the action. AccessDeniedDetail says why; its EncodedDiagnosticMessage is for DecodeDiagnosticMessage.',
    source: documented,
  },
  'Throttling.User': {
    status: 400,
    meaning:
      'The account calls the operation faster than the operator lets it; the header x-acs-retry-after says in how many milliseconds to try again.',
    source: documented,
  },
  InvalidParameter: { status: 400, meaning: 'A value is outside its range.', source: seen },
  'InvalidParameter.NotSupport': { status: 400, meaning: 'An option cannot be served here.', source: seen },
  'InvalidParameter.JobNotFound': { status: 400, meaning: 'The account has no job of this id.', source: seen },
  'InvalidParameter.HotwordLibraryNotFound': {
    status: 400,
    meaning: 'The account has no hotword library of this id.',
    source: ours,
  },
  ResourceNotFound: { status: 404, meaning: 'The account has no media of this id.', source: documented },
  NoMatchedInputUrl: { status: 404, meaning: 'The account has no media of this address.', source: seen },
  MediaAlreadyExist: {
    status: 409,
    meaning: 'The account has a media of this address, or of this ReferenceId, already.',
    source: seen,
  },
  IdempotentParameterMismatch: {
    status: 400,
    meaning: 'The ClientToken came before with other parameters.',
    source: documented,
  },
  'InvalidParameter.JobState': {
    status: 400,
    meaning: 'The job is in a state that does not allow this.',
    source: ours,
  },
  'InvalidParameter.<Field>': {
    status: 400,
    meaning:
      'A field of a RAM or STS call breaks a rule, which may follow: `InvalidParameter.UserName.InvalidChars`, `.Length`, `.Format`, `.Range`.',
    source: documented,
  },
  MalformedPolicyDocument: {
    status: 400,
    meaning: 'A policy is not valid; the message names each place in it.',
    source: documented,
  },
  'EntityNotExist.<Entity>': {
    status: 404,
    meaning: 'There is no such user, group, role, policy, key or attachment: `EntityNotExist.User.AccessKey`.',
    source: documented,
  },
  'EntityAlreadyExists.<Entity>': {
    status: 409,
    meaning: 'It exists already: `EntityAlreadyExists.User.Policy` where a policy is attached twice.',
    source: documented,
  },
  'DeleteConflict.<Entity>': {
    status: 409,
    meaning: 'Something keeps it from being deleted: `DeleteConflict.User.AccessKey` is a user that has keys.',
    source: documented,
  },
  'LimitExceeded.<Entity>': {
    status: 409,
    meaning: 'There are as many as there can be: `LimitExceeded.User.AccessKey` beyond two keys of a user.',
    source: documented,
  },
  QuotaExceeded: {
    status: 400,
    meaning: 'The account has as many jobs that wait or run as the operator lets it have.',
    source: ours,
  },
  'QuotaExceeded.HotwordLibrary': {
    status: 400,
    meaning: 'The account has a hundred hotword libraries, as many as it may have.',
    source: ours,
  },
  ServiceUnavailable: {
    status: 503,
    meaning: 'The store cannot write at the moment; retry later.',
    source: documented,
  },
  InternalError: {
    status: 500,
    meaning: 'A fault of this server; its log names it by RequestId.',
    source: documented,
  },
} as const satisfies Record<string, ErrorRow>;

/** A row whose name ends in `<…>` is a family of codes: any text may stand there. */
type CodeOf<Name extends string> = Name extends `${infer Beginning}<${string}>` ? `${Beginning}${string}` : Name;

export type ApiErrorCode = CodeOf<keyof typeof API_ERRORS>;

/** What stands in a refusal of permission beside code and message. */
export type AccessDeniedDetail = Readonly<Record<string, string>>;

/** A request that is answered with an error. A value, not an exception. */
export type Refusal = {
  readonly kind: 'refused';
  readonly code: ApiErrorCode;
  readonly message: string;
  readonly accessDeniedDetail?: AccessDeniedDetail;
  /** Milliseconds after which another try can succeed. */
  readonly retryAfterMs?: number;
};

export function refuse(code: ApiErrorCode, message: string): Refusal {
  return { kind: 'refused', code, message };
}

/** The documented wording for an absent parameter. */
export function refuseMissing(parameter: string): Refusal {
  return refuse(`Missing${parameter}`, `${parameter} is mandatory for this action.`);
}

const LONGEST_VALUE_SHOWN = 64;

/**
 * The service's wording for a value outside its range.
 * @param range what is allowed, as `1-100` or a list of values
 */
export function refuseValue(field: string, value: string, range: string): Refusal {
  const shown = value.length > LONGEST_VALUE_SHOWN ? `${value.slice(0, LONGEST_VALUE_SHOWN)}…` : value;
  return refuse('InvalidParameter', `'${field}' is invalid, input: ${shown}, value range: ${range}`);
}

const FAMILIES = Object.entries(API_ERRORS)
  .filter(([name]) => name.endsWith('>'))
  .map(([name, { status }]) => ({ beginning: name.slice(0, name.indexOf('<')), status }));

export function statusOf(code: ApiErrorCode): number {
  if (code in API_ERRORS) return API_ERRORS[code as keyof typeof API_ERRORS].status;
  const family = FAMILIES.find(({ beginning }) => code.startsWith(beginning));
  if (family === undefined) throw new Error(`The error table has no ${code}.`);
  return family.status;
}
