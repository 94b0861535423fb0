/** How one variable of the environment is read. */
export interface Setting<T> {
  /** `undefined` stands for a variable that is not set. */
  read(text: string | undefined): SettingReading<T>;
}

/** The value; or what is wrong, without the value. */
export type SettingReading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: string };

const fine = <T>(value: T): SettingReading<T> => ({ ok: true, value });
const wrong = (fault: string) => ({ ok: false, fault }) as const;

/** Text that is there and that a rule accepts, then read. */
export const readText = <T>(
  accepts: (text: string) => boolean,
  fault: string,
  read: (text: string) => T,
): Setting<T> => ({
  read: (text) => (text === undefined ? wrong("is missing") : accepts(text) ? fine(read(text)) : wrong(fault)),
});

export const optional = <T>(setting: Setting<T>): Setting<T | undefined> => withDefault(setting, undefined);

export const withDefault = <T, D>(setting: Setting<T>, value: D): Setting<T | D> => ({
  read: (text) => (text === undefined ? fine(value) : setting.read(text)),
});

export const matching = (pattern: RegExp, fault: string): Setting<string> =>
  readText(
    (text) => pattern.test(text),
    fault,
    (text) => text,
  );

export const integer = (min: number, max: number): Setting<number> =>
  readText(
    (text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max,
    `must be an integer from ${min} to ${max}`,
    Number,
  );

export const flag = (fallback: "0" | "1"): Setting<boolean> =>
  withDefault(
    readText(
      (text) => text === "0" || text === "1",
      "must be 1 or 0",
      (text) => text === "1",
    ),
    fallback === "1",
  );

/** One of a few words; the first is the default. */
export const oneOf = <const Word extends string>(...words: readonly [Word, ...Word[]]): Setting<Word> => ({
  read(text = words[0]) {
    const word = words.find((each) => each === text);
    return word === undefined ? wrong(`must be ${words.slice(0, -1).join(", ")} or ${words.at(-1)}`) : fine(word);
  },
});

/** A secret shared with another party, long enough to sign with HMAC-SHA256 (RFC 7518, section 3.2). */
export const sharedSecret = readText(
  (text) => Buffer.byteLength(text) >= 32,
  "must be 32 bytes or longer",
  (text) => Buffer.from(text),
);

export const queueUrl = matching(/^https?:\/\/\S+\/\d+\/[\w-]+(?:\.fifo)?$/, "must be the URL of an SQS queue");

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

function isTrustworthyUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "" || url.hash !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
}

/** An address whose answers are believed: nobody on the way may write them. */
export const trustworthyUrl = readText(
  isTrustworthyUrl,
  "must be an https URL without user or fragment (http only on this machine's loopback)",
  (text) => new URL(text),
);
