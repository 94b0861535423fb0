/** A resource that a program registered, with its secrets in plain text. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly provider: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Paths of the inputs that Pulumi would encrypt in its state, such as `environment.variables`. */
  readonly secrets: readonly string[];
}

/** The resources and outputs of a deployment. */
export interface Synthesis {
  readonly stage: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly errors: readonly string[];
  readonly resources: readonly Resource[];
}

export const REGION = "eu-west-1";
