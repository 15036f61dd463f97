/** Every code that authentication refuses with. What HTTP status each one gets is the gateway's to say. */
export type AuthErrorCode =
  | 'ContentSHA256NotMatched'
  | 'IncompleteSignature'
  | 'InvalidAccessKeyId.Inactive'
  | 'InvalidAccessKeyId.NotFound'
  | 'InvalidSecurityToken.Expired'
  | 'InvalidSecurityToken.Malformed'
  | 'InvalidSecurityToken.MismatchWithAccessKey'
  | 'InvalidSignatureMethod'
  | 'InvalidTimeStamp.Expired'
  | 'InvalidTimeStamp.Format'
  | 'MissingAccessKeyId'
  | 'MissingParameter'
  | 'MissingSecurityToken'
  | 'MissingSignatureMethod'
  | 'MissingSignatureNonce'
  | 'MissingSignatureVersion'
  | 'MissingTimestamp'
  | 'SignatureDoesNotMatch'
  | 'SignatureNonceUsed';

export type AuthRefusal = { readonly kind: 'refused'; readonly code: AuthErrorCode; readonly message: string };

export function refuse(code: AuthErrorCode, message: string): AuthRefusal {
  return { kind: 'refused', code, message };
}

type MissingName<Code> = Code extends `Missing${infer Name}` ? Name : never;

/** @param name of the parameter, which is part of the code; the wording is the service's */
export function refuseMissing(name: MissingName<AuthErrorCode>): AuthRefusal {
  return refuse(`Missing${name}`, `${name} is mandatory for this action.`);
}
