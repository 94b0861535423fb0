import { eventSchema } from "@realtime-gateway/events/event-schema";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** ajv in its strict mode, as strangers use it: an unknown keyword in a schema is an error. */
export function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
  addFormats.default(ajv);
  return ajv;
}

export const compileEvent = (event: string): ValidateFunction => createAjv().compile(eventSchema(event));
