/** The fields that CloudWatch Logs Insights finds in a line of JSON, by their paths: `message.channels.0`. */
export type LogLine = ReadonlyMap<string, unknown>;

/** The fields that CloudWatch adds to each line itself. */
const OF_CLOUDWATCH = ["@timestamp", "@log"];

/** A line without JSON has the fields of CloudWatch only. */
export function fieldsOf(line: string): LogLine {
  const fields = new Map<string, unknown>([["@message", line]]);
  for (const name of OF_CLOUDWATCH) fields.set(name, name);
  if (line.startsWith("{")) addFields(fields, "", JSON.parse(line));
  return fields;
}

function addFields(fields: Map<string, unknown>, path: string, value: unknown): void {
  if (typeof value !== "object" || value === null) {
    if (value !== null) fields.set(path, value);
    return;
  }
  for (const [name, member] of Object.entries(value)) addFields(fields, path === "" ? name : `${path}.${name}`, member);
}
