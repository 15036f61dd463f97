/** Something wrong in a policy document, and where. */
export type PolicyProblem = {
  /** `Statement[1].Effect`, or `line 3, column 17` where the text is not JSON; empty: the document as a whole. */
  readonly path: string;
  /** A full sentence that names the value and what is allowed. */
  readonly message: string;
};
