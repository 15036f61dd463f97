import { compileWildcard } from './wildcard.ts';

/** Service, region, account and relative id of an ARN; the relative id may hold colons itself. */
export type ArnParts = readonly [service: string, region: string, account: string, relativeId: string];

/** The parts of `acs:<service>:<region>:<account>:<relative id>`, or undefined where the text is no ARN. */
export function splitArn(text: string): ArnParts | undefined {
  const [prefix, service, region, account, ...rest] = text.split(':');
  if (prefix !== 'acs' || !service || region === undefined || account === undefined) return undefined;
  const relativeId = rest.join(':');
  return relativeId ? [service, region, account, relativeId] : undefined;
}

/**
 * A test for ARNs. Part is compared with part, so that a star never reaches over a colon into the next part. Both
 * sides are in lower case.
 */
export function compileArnPattern(pattern: ArnParts): (arn: ArnParts) => boolean {
  const service = compileWildcard(pattern[0]);
  const region = compileWildcard(pattern[1]);
  const account = compileWildcard(pattern[2]);
  const relativeId = compileWildcard(pattern[3]);
  return (arn) => service(arn[0]) && region(arn[1]) && account(arn[2]) && relativeId(arn[3]);
}
