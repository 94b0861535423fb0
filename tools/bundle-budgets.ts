import type { FunctionName } from "../functions/manifest.ts";

/** Minified, in bytes. A larger bundle needs a reason in docs/decisions: the relay's are in 011, 021, 023 and 033. */
export const BUNDLE_BUDGETS: Readonly<Record<FunctionName, number>> = {
  relay: 123_000,
  auth: 100_000,
  "test-event": 100_000,
  webhook: 100_000,
};
