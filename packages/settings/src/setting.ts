/** Reads one variable of the environment. */
export interface Setting<T> {
  /** `undefined` means that the variable is not set. */
  read(text: string | undefined): SettingReading<T>;
}

/** The value, or the fault. A fault never contains the value. */
export type SettingReading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: string };

const fine = <T>(value: T): SettingReading<T> => ({ ok: true, value });
const wrong = (fault: string) => ({ ok: false, fault }) as const;

/** A required variable. `parse` returns `undefined` for text that it does not accept. */
export const parsed = <T>(parse: (text: string) => T | undefined, fault: string): Setting<T> => ({
  read(text) {
    if (text === undefined) return wrong("is missing");
    const value = parse(text);
    return value === undefined ? wrong(fault) : fine(value);
  },
});

export const optional = <T>(setting: Setting<T>): Setting<T | undefined> => withDefault(setting, undefined);

export const withDefault = <T, D>(setting: Setting<T>, value: D): Setting<T | D> => ({
  read: (text) => (text === undefined ? fine(value) : setting.read(text)),
});

export const matching = (pattern: RegExp, fault: string): Setting<string> =>
  parsed((text) => (pattern.test(text) ? text : undefined), fault);

export const integer = (min: number, max: number): Setting<number> =>
  parsed((text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  }, `must be an integer from ${min} to ${max}`);

export const flag = (fallback: "0" | "1"): Setting<boolean> =>
  withDefault(
    parsed((text) => (text === "1" || text === "0" ? text === "1" : undefined), "must be 1 or 0"),
    fallback === "1",
  );

/** One of a few words. The first is the default. */
export const oneOf = <const Word extends string>(...words: readonly [Word, ...Word[]]): Setting<Word> => ({
  read(text = words[0]) {
    const word = words.find((each) => each === text);
    return word === undefined ? wrong(`must be ${words.slice(0, -1).join(", ")} or ${words.at(-1)}`) : fine(word);
  },
});

/** A list, separated by commas. Every item must be one that `parseItem` accepts. */
export const listOf = <T>(parseItem: (item: string) => T | undefined, fault: string): Setting<readonly T[]> =>
  parsed((text) => {
    const texts = text.split(",");
    const items = texts.map((item) => parseItem(item.trim())).filter((item) => item !== undefined);
    return items.length === texts.length ? items : undefined;
  }, fault);

/** HMAC-SHA256 requires a key of 32 bytes or more (RFC 7518, section 3.2). */
const MIN_SECRET_BYTES = 32;

/** A secret that signs tokens and is shared with another party. */
export const sharedSecret = parsed((text) => {
  const secret = Buffer.from(text);
  return secret.byteLength >= MIN_SECRET_BYTES ? secret : undefined;
}, `must be ${MIN_SECRET_BYTES} bytes or longer`);

export const queueUrl = matching(/^https?:\/\/\S+\/\d+\/[\w-]+(?:\.fifo)?$/, "must be the URL of an SQS queue");

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

function parseTrustworthyUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "" || url.hash !== "") return undefined;
  const trustworthy = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
  return trustworthy ? url : undefined;
}

/** The gateway trusts the answers of this address, so an attacker on the network must not be able to change them. */
export const trustworthyUrl = parsed(
  parseTrustworthyUrl,
  "must be an https URL without user or fragment (http only on this machine's loopback)",
);
