/** The error's text with a hint for the usual causes. Some network errors have a code and no message. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const text = error.message || code;
  const hint = HINTS.find(([pattern]) => pattern.test(`${error.name} ${text}`))?.[1];
  const named = error.name === "Error" || text.startsWith(error.name) ? text : `${error.name}: ${text}`;
  return hint === undefined ? named : `${named} (${hint})`;
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/Credentials/, "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"],
  [/Region is missing/, "set --region"],
  [/QueueDoesNotExist/, "check the queue's name and the region"],
  [/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/, "check --endpoint and the queue's URL"],
];
