import { secretName } from "../settings/secrets.ts";

/** Secrets of the stage, by their variables: Pulumi encrypts whatever is made of them. */
export const createSecrets = (variables: readonly string[]): Record<string, $util.Output<string>> =>
  Object.fromEntries(variables.map((variable) => [variable, new sst.Secret(secretName(variable)).value]));
