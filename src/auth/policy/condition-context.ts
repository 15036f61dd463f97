/**
 * What is known about a request, by condition key: `acs:CurrentTime` (ISO 8601), `acs:SecureTransport` and
 * `acs:MFAPresent` (`true`, `false`), `acs:SourceIp` (an address), `acs:PrincipalARN`, and any `<service>:<key>`.
 * Values are texts, like the values in a policy. A key that is absent or undefined is a missing key.
 */
export type ConditionContext = Readonly<Record<string, string | undefined>>;
