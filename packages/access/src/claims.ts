export type ClaimSet = Readonly<Record<string, unknown>>;

/** The value if it is an object. */
export const objectOf = (value: unknown): ClaimSet | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;

/** The claim of exactly this name. Without one, the name is a path: `app_metadata.realtime`. `undefined`: no such claim. */
export function claimIn(claims: ClaimSet, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split(".")) {
    const object = objectOf(value);
    if (object === undefined || !Object.hasOwn(object, part)) return undefined;
    value = object[part];
  }
  return value;
}

/** An object, or its JSON text: some issuers write every custom claim as text. */
export const objectOrJson = (value: unknown): ClaimSet | undefined =>
  objectOf(typeof value === "string" ? parseJson(value) : value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
