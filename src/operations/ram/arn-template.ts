/** Templates of the ARNs that RAM operations are about, by the parameters that name them. */
export const USER_ARN = 'acs:ram::{Account}:user/{UserName}';
export const EVERY_USER_ARN = 'acs:ram::{Account}:user/*';
export const GROUP_ARN = 'acs:ram::{Account}:group/{GroupName}';
export const EVERY_GROUP_ARN = 'acs:ram::{Account}:group/*';
export const ROLE_ARN = 'acs:ram::{Account}:role/{RoleName}';
export const EVERY_ROLE_ARN = 'acs:ram::{Account}:role/*';
/** System policies belong to `system`, custom ones to the account. */
export const POLICY_ARN = 'acs:ram::{PolicyOwner}:policy/{PolicyName}';
export const EVERY_POLICY_ARN = 'acs:ram::{Account}:policy/*';
