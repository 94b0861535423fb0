/** One mismatch. Codes, fields and order are zod's. */
export interface SubsetIssue {
  readonly code:
    | "invalid_type"
    | "invalid_value"
    | "invalid_union"
    | "invalid_format"
    | "not_multiple_of"
    | "too_small"
    | "custom";
  readonly message: string;
  readonly path: readonly PropertyKey[];
  readonly expected?: string;
  readonly format?: string;
  readonly values?: readonly unknown[];
  readonly options?: readonly unknown[];
  readonly origin?: string;
  readonly minimum?: number;
  /** True if the checks of the whole value may run nevertheless. */
  readonly continues?: boolean;
}

/** A rule for a value of the right type. */
export type SubsetCheck = (value: unknown) => SubsetIssue | undefined;

/** A schema, as far as the catalog and Standard Schema need one. */
export interface SubsetSchema<Output = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "realtime-gateway";
    readonly validate: (value: unknown) => { readonly issues?: readonly SubsetIssue[] };
    readonly types?: { readonly input: Output; readonly output: Output } | undefined;
  };
  readonly isOptional: boolean;
  /** The accepted values of an object's fields that are literals. */
  readonly literals: Readonly<Record<string, readonly unknown[]>>;
  issuesOf(value: unknown): readonly SubsetIssue[];
  check(...checks: readonly SubsetCheck[]): SubsetSchema<Output>;
}

export interface OptionalSubsetSchema<Output> extends SubsetSchema<Output> {
  readonly isOptional: true;
}

export const issue = (code: SubsetIssue["code"], more: Partial<SubsetIssue> = {}): SubsetIssue => ({
  code,
  message: "Invalid input",
  path: [],
  ...more,
});

export const below = (key: PropertyKey, issues: readonly SubsetIssue[]): readonly SubsetIssue[] =>
  issues.map((found) => ({ ...found, path: [key, ...found.path] }));

const NONE: readonly SubsetIssue[] = [];

interface Parts {
  readonly typeIssues: (value: unknown) => readonly SubsetIssue[];
  readonly checks?: readonly SubsetCheck[];
  readonly literals?: SubsetSchema<unknown>["literals"];
}

/** Makes a schema. Checks run only for a value whose type is right. */
export function schemaOf<Output>(parts: Parts): SubsetSchema<Output> {
  const { typeIssues, checks = [], literals = {} } = parts;
  const issuesOf = (value: unknown): readonly SubsetIssue[] => {
    const found = typeIssues(value);
    if (found.some(({ continues }) => continues !== true)) return found;
    const more = checks.flatMap((check) => check(value) ?? NONE);
    return more.length === 0 ? found : [...found, ...more];
  };
  return {
    "~standard": {
      version: 1,
      vendor: "realtime-gateway",
      validate: (value) => {
        const issues = issuesOf(value);
        return issues.length === 0 ? {} : { issues };
      },
    },
    isOptional: false,
    literals,
    issuesOf,
    check(...added) {
      return schemaOf<Output>({ ...parts, checks: [...checks, ...added] });
    },
  };
}
