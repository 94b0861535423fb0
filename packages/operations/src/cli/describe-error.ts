/** What went wrong, and where that helps, what to do about it. Some network errors have a code and no message. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const text = error.message || code;
  const hint = HINTS.find(([pattern]) => pattern.test(`${error.name} ${text}`))?.[1];
  const named = error.name === "Error" || text.startsWith(error.name) ? text : `${error.name}: ${text}`;
  return hint === undefined ? named : `${named} (${hint})`;
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [/Credentials/, "the AWS SDK looks in AWS_PROFILE, AWS_ACCESS_KEY_ID and its other usual places"],
  [/Region is missing/, "say --region"],
  [/QueueDoesNotExist/, "is the region right?"],
  [/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/, "is --endpoint or the queue's URL right?"],
];
