import { createHash, createHmac, timingSafeEqual } from "node:crypto";

export function hmacSha256Hex(secret: string, text: string | Uint8Array): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

export function md5Hex(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}

/** Hashes both sides first, because timingSafeEqual throws for unequal lengths. */
export function equalInConstantTime(left: string, right: string): boolean {
  const digest = (text: string): Uint8Array => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

export interface AppCredentials {
  readonly key: string;
  readonly secret: string;
}

export type SubscriptionTokenCheck = "valid" | "wrong_key" | "wrong_signature";

/** Checks a client's `key:signature` token against the text that its server must have signed. */
export function checkToken(credentials: AppCredentials, token: string, signedText: string): SubscriptionTokenCheck {
  const separator = token.indexOf(":");
  const key = separator === -1 ? token : token.slice(0, separator);
  const signature = separator === -1 ? "" : token.slice(separator + 1);
  if (!equalInConstantTime(key, credentials.key)) return "wrong_key";
  return equalInConstantTime(signature, hmacSha256Hex(credentials.secret, signedText)) ? "valid" : "wrong_signature";
}
