import { STATUS_CODES } from "node:http";
import type { HttpResponse } from "./response.ts";

/** An answer of the stack's own routes. */
export const json = (status: number, value: unknown): HttpResponse => ({
  status,
  headers: { "content-type": "application/json" },
  cookies: [],
  body: Buffer.from(`${JSON.stringify(value)}\n`),
});

/** An RFC 9457 problem with a stable code. */
export const problem = (status: number, code: string, detail: string, event?: string): HttpResponse => ({
  ...json(status, { type: "about:blank", title: STATUS_CODES[status], status, code, detail, event }),
  headers: { "content-type": "application/problem+json" },
});

/** For pages of this machine; the caller has been checked. */
export const corsHeaders = (origin: string): Readonly<Record<string, string>> => ({
  "access-control-allow-origin": origin,
  "access-control-allow-methods": "GET, POST, DELETE",
  "access-control-allow-headers": "content-type, last-event-id",
  vary: "origin",
});
