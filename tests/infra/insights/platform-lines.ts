/**
 * Lines that Lambda itself writes in its JSON log format. No local runtime writes them, so these follow the reference:
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */

const line = (type: string, record: object): string =>
  JSON.stringify({ time: "2026-03-02T09:00:00.000Z", type, record });

const METRICS = { durationMs: 30_000, billedDurationMs: 30_000, memorySizeMB: 512, maxMemoryUsedMB: 180 };

/** The lines of an invocation that ends with this status. */
const invocation = (requestId: string, status: string, errorType?: string): readonly string[] => [
  line("platform.start", { requestId, version: "$LATEST" }),
  line("platform.report", { requestId, metrics: METRICS, status, ...(errorType !== undefined && { errorType }) }),
];

/** A start of the function that ends with this status. */
const start = (status: string, errorType?: string): string =>
  line("platform.initReport", {
    initializationType: "on-demand",
    phase: "init",
    status,
    metrics: { durationMs: 412.7 },
    ...(errorType !== undefined && { errorType }),
  });

export const GOOD_REQUEST = "8286a188-ba32-4475-8077-530cd35c09a9";

/** Good invocations and starts, and those that `failed-invocations` must find. */
export const PLATFORM_LINES = {
  good: [...invocation(GOOD_REQUEST, "success"), start("success")],
  failed: [
    ...invocation("d5a2f1e7-1e2c-4f3b-8a53-1f5c9b0f7c11", "timeout"),
    ...invocation("e1b0f0c4-43f5-4f65-9d7e-0c2b3a4d5e6f", "error", "Runtime.ExitError"),
    start("error", "Runtime.Unknown"),
    start("timeout"),
  ],
} as const;

/**
 * AWS's runtime client writes this line when a function throws, or does not start. The local runtime writes text instead, so
 * only `npm run ric` has the client's own line.
 */
export const THROWN_LINE = JSON.stringify({
  timestamp: "2026-03-02T09:00:00.000Z",
  level: "ERROR",
  requestId: "f03edb51-5913-48cd-b25b-859daa36281b",
  message: {
    errorType: "NotAnSqsBatchError",
    errorMessage: 'The event has no "Records".',
    stackTrace: ['NotAnSqsBatchError: The event has no "Records".', "    at handler (bundle.mjs:1:1)"],
  },
});
