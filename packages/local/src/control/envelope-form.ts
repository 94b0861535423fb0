/** Names the envelope of a message for people: `CloudEvents 1.0`, `legacy webhook`, `EventBridge`, also inside SNS or EventBridge. */
export function envelopeForm(body: string): string {
  const value = objectIn(body);
  if (value === undefined) return "no envelope";
  if (value.Type === "Notification" && "Message" in value) return `${envelopeForm(textOf(value.Message))} inside SNS`;
  if (typeof value["detail-type"] === "string") {
    const inner = envelopeForm(textOf(value.detail));
    return inner === "no envelope" ? "EventBridge" : `${inner} inside EventBridge`;
  }
  if ("specversion" in value) return "CloudEvents 1.0";
  if (typeof value.event === "string") return "legacy webhook";
  return typeof value.type === "string" && "data" in value ? "CloudEvents without specversion" : "no envelope";
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
