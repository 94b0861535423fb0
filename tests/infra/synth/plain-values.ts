/** Pulumi's mark of special values, and the kind of a secret (its `sdk/nodejs/runtime/rpc.ts`). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_KIND = "1b47061264138c4ac30d75fd1eb44270";

/** The value without Pulumi's marks. `onSecret` gets the path of each part that was marked as a secret. */
export function plainValue(value: unknown, onSecret: (path: string) => void = () => undefined, path = ""): unknown {
  if (Array.isArray(value)) return value.map((item, index) => plainValue(item, onSecret, join(path, String(index))));
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value) {
    if (value[SIGNATURE] === SECRET_KIND) onSecret(path);
    return "value" in value ? plainValue(value.value, onSecret, path) : undefined;
  }
  return plainRecord(value, onSecret, path);
}

export function plainRecord(
  value: object,
  onSecret: (path: string) => void = () => undefined,
  path = "",
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, plainValue(member, onSecret, join(path, name))]),
  );
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
