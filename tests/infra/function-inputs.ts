import * as z from "zod/mini";

/** The inputs of a synthesized function that a local run needs. */
export const FunctionInputs = z.object({
  name: z.string(),
  handler: z.string(),
  timeout: z.number(),
  memorySize: z.number(),
  environment: z.object({ variables: z.record(z.string(), z.string()) }),
});
