import { secretName } from "../settings/secrets.ts";

/** The secrets of the stage, by their variables. Pulumi encrypts every value that it derives from them. */
export const createSecrets = (variables: readonly string[]): Record<string, $util.Output<string>> =>
  Object.fromEntries(variables.map((variable) => [variable, new sst.Secret(secretName(variable)).value]));
