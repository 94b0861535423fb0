import * as z from "zod/mini";

/** Of a synthesized function, what running it takes. */
export const FunctionInputs = z.object({
  name: z.string(),
  handler: z.string(),
  timeout: z.number(),
  memorySize: z.number(),
  environment: z.object({ variables: z.record(z.string(), z.string()) }),
});
