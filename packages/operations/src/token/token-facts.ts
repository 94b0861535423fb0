/** Unverified parts of a token, to compare them with the settings. */
export type TokenFacts = Readonly<Record<string, string>>;

const OF_HEADER = ["alg", "kid"] as const;
const OF_CLAIMS = ["iss", "aud", "client_id", "azp"] as const;
const TIMES = ["iat", "nbf", "exp"] as const;
/** An issuer's name is shorter. The rest of a longer text is no help. */
const MAX_CHARACTERS = 200;

/** Reads header and claims without a check. A text that is no JWT has no facts. */
export function tokenFacts(token: string): TokenFacts {
  const [header = "", claims = "", , ...rest] = token.split(".");
  if (rest.length > 0) return {};
  const [headerFields, claimFields] = [objectIn(header), objectIn(claims)];
  return {
    ...pick(headerFields, OF_HEADER, textOf),
    ...pick(claimFields, OF_CLAIMS, textOf),
    ...pick(claimFields, TIMES, timeOf),
  };
}

type Fields = Readonly<Record<string, unknown>>;

const pick = (fields: Fields, names: readonly string[], render: (value: unknown) => string): TokenFacts =>
  Object.fromEntries(names.flatMap((name) => (Object.hasOwn(fields, name) ? [[name, render(fields[name])]] : [])));

function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}

/** Dates of JavaScript end in the year 275760. A time in milliseconds is far behind that. */
const timeOf = (value: unknown): string =>
  typeof value === "number" && Math.abs(value) < 8.64e12
    ? `${value} (${new Date(value * 1000).toISOString()})`
    : textOf(value);

function objectIn(part: string): Fields {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
