/** The documentation of one code. Functions use the types only, so no bundle carries these texts. */
export interface CodeDoc {
  /** The cause. Starts in lower case and ends without a full stop, so that a text can continue it. */
  readonly meaning: string;
  /** The next step of an operator, a producer or a client, in the same form. */
  readonly action: string;
}

export type CodeTable = Readonly<Record<string, CodeDoc>>;
