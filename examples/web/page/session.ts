import type { Colleague } from "../platform.ts";

const KEY = "colleague";

/** The token of this tab's user. Each tab signs in as somebody else. `fresh` asks the server for a new token. */
export async function sessionToken({ fresh }: { readonly fresh: boolean }): Promise<string> {
  const stored = sessionStorage.getItem(KEY);
  if (stored !== null && !fresh) return stored;
  const response = await fetch("/api/session", { method: "POST" });
  const { token }: Colleague = await response.json();
  sessionStorage.setItem(KEY, token);
  return token;
}
