const COMMON_KEYS = [
  'acs:CurrentTime',
  'acs:SecureTransport',
  'acs:SourceIp',
  'acs:MFAPresent',
  'acs:PrincipalARN',
  'acs:PrincipalRDId',
  'acs:SourceVpc',
];
const TAG_KEYS = /^acs:(?:RequestTag|ResourceTag)\/./;
const SERVICE_KEY = /^[A-Za-z0-9-]+:./;

/**
 * What is wrong with a condition key. A common key that does not exist is refused: a Deny that waits for it would
 * never deny, and a slip of the pen (`acs:SourceIP`) would go unnoticed. Keys of services are theirs to define.
 */
export function conditionKeyProblem(key: string): string | undefined {
  if (COMMON_KEYS.includes(key) || TAG_KEYS.test(key)) return undefined;
  if (!SERVICE_KEY.test(key)) return 'A condition key is "acs:<key>" or "<service>:<key>".';
  if (!key.toLowerCase().startsWith('acs:')) return undefined;
  const known = [...COMMON_KEYS, 'acs:RequestTag/<key>', 'acs:ResourceTag/<key>'].join(', ');
  return `There is no such common condition key. The common keys, whose case counts, are ${known}.`;
}
