/** The part of Standard Schema v1 that a producer uses (https://standardschema.dev). Zod, Valibot and ArkType implement it. */
export interface StandardSchema<Data = unknown> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaAnswer | Promise<SchemaAnswer>;
    readonly types?: { readonly input: Data; readonly output: unknown } | undefined;
  };
}

export interface SchemaAnswer {
  readonly issues?: readonly SchemaIssue[] | undefined;
}

export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
