import { type ParsedCommand, readFlags } from "@realtime-gateway/command-line";
import { DEFAULT_MAX_PAYLOAD_BYTES } from "@realtime-gateway/routing";
import type { VerifySettings } from "../verify/verify-message.ts";

const FLAGS = {
  form: { type: "string" },
  limit: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

const FORMS = ["private", "public", "encrypted"] as const;

/** `PUSHER_MAX_PAYLOAD_BYTES` of the gateway. */
const LIMIT_BYTES = { min: 256, max: 10_240 } as const;

export interface VerifyOptions {
  /** `-`: standard input has the message. */
  readonly file: string;
  readonly settings: VerifySettings;
  readonly json: boolean;
}

export const VERIFY_HELP = `Verifies one queue message: is it understood, which channels hear it, does it match its schema?

  npm run verify -- FILE             the body of the message; - reads standard input
      --form private|public|encrypted  the form of channels that the gateway publishes to (default: private)
      --limit BYTES                  PUSHER_MAX_PAYLOAD_BYTES of the gateway (default: ${DEFAULT_MAX_PAYLOAD_BYTES})
      --json                         prints the verdict as JSON

Exits with 0 if the message is valid, with 1 if it is rejected or does not match its schema, and with 2 for a wrong call.
`;

export function parseVerifyArguments(argv: readonly string[]): ParsedCommand<VerifyOptions> {
  const { values, positionals, complaints: flawed } = readFlags(argv, FLAGS, Number.POSITIVE_INFINITY);
  if (values.help && flawed.length === 0) return { kind: "help" };
  const [file, ...others] = positionals;
  const form = FORMS.find((known) => known === (values.form ?? "private"));
  const limitBytes = Number(values.limit ?? DEFAULT_MAX_PAYLOAD_BYTES);
  const isLimit = Number.isInteger(limitBytes) && limitBytes >= LIMIT_BYTES.min && limitBytes <= LIMIT_BYTES.max;
  const complaints = [
    ...(file === undefined ? ["give the file with the message, or - to read it from standard input"] : []),
    ...(others.length > 0 ? ["give one file only"] : []),
    ...(form === undefined ? [`--form must be one of ${FORMS.join(", ")}`] : []),
    ...(isLimit ? [] : [`--limit must be an integer from ${LIMIT_BYTES.min} to ${LIMIT_BYTES.max}`]),
    ...flawed,
  ];
  if (file === undefined || form === undefined || complaints.length > 0) return { kind: "invalid", complaints };
  return { kind: "run", options: { file, settings: { form, limitBytes }, json: values.json ?? false } };
}
