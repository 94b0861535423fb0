/** An error in the gateway's own format: RFC 9457 with a stable `code`. */
export const problem = (status: number, code: string, detail: string): Response =>
  Response.json(
    { type: "about:blank", status, code, detail },
    { status, headers: { "content-type": "application/problem+json", "cache-control": "no-store" } },
  );
