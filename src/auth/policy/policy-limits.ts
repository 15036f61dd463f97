/** The longest documents, in characters (UTF-16 code units), white space included. */
export const IDENTITY_POLICY_CHARACTERS = 6144;
export const SESSION_POLICY_CHARACTERS = 1024;
export const TRUST_POLICY_CHARACTERS = 2048;
