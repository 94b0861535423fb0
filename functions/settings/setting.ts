import * as z from "zod/mini";

const MISSING = "is missing";

export const matching = (pattern: RegExp, fault: string) =>
  z.string({ error: MISSING }).check(z.regex(pattern, { error: fault }));

export const integer = (min: number, max: number) =>
  z.pipe(
    z.string().check(
      z.refine((text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max, {
        error: `must be an integer from ${min} to ${max}`,
      }),
    ),
    z.transform(Number),
  );

export const flag = (fallback: "0" | "1") =>
  z.pipe(
    z._default(z.enum(["0", "1"], { error: "must be 1 or 0" }), fallback),
    z.transform((text) => text === "1"),
  );

/** Text that a setting's own rule accepts, then read. */
export const readText = <T>(accepts: (text: string) => boolean, fault: string, read: (text: string) => T) =>
  z.pipe(z.string().check(z.refine(accepts, { error: fault })), z.transform(read));

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
