/** The relay opens as many. Without a limit, a message of many wrappers would stop the stack for seconds. */
const MAX_WRAPPERS = 2;

/** Names the envelope of a message for people: `CloudEvents 1.0`, `legacy webhook`, `EventBridge`, also inside SNS or EventBridge. */
export const envelopeForm = (body: string): string => formOf(body, MAX_WRAPPERS);

/** `value` is JSON text, or an object that a wrapper contains as such. */
function formOf(value: unknown, wrappersLeft: number): string {
  const found = objectIn(value);
  if (found === undefined) return "no envelope";
  if (wrappersLeft > 0 && found.Type === "Notification" && "Message" in found)
    return `${formOf(found.Message, wrappersLeft - 1)} inside SNS`;
  if (typeof found["detail-type"] === "string") {
    const inner = wrappersLeft > 0 ? formOf(found.detail, wrappersLeft - 1) : "no envelope";
    return inner === "no envelope" ? "EventBridge" : `${inner} inside EventBridge`;
  }
  if ("specversion" in found) return "CloudEvents 1.0";
  if (typeof found.event === "string") return "legacy webhook";
  return typeof found.type === "string" && "data" in found ? "CloudEvents without specversion" : "no envelope";
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = typeof value === "string" ? JSON.parse(value.replace(/^\ufeff/, "")) : value;
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}
