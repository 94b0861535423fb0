import type { ProducerWarning } from "./options.ts";
import type { OwnSchemas } from "./validate.ts";

/** The effects that make an event: tests pass their own. */
export interface EventEffects {
  readonly now: () => Date;
  readonly newId: () => string;
}

/** The resolved options of a producer, as far as they concern the making of messages. */
export interface MessageSettings extends EventEffects {
  readonly source: string;
  readonly validate: "strict" | "warn" | "off";
  readonly schemas: OwnSchemas;
  readonly group:
    | false
    | ((event: { readonly name: string; readonly data: unknown }) => string | undefined)
    | undefined;
  readonly isFifo: boolean;
  readonly payloadLimitBytes: number;
  readonly onWarning: (warning: ProducerWarning) => void;
}
