/** The longest documents, in characters (UTF-16 code units), white space included. */
export const IDENTITY_POLICY_CHARACTERS = 6144;
export const TRUST_POLICY_CHARACTERS = 2048;
