import type { Request as ExpressRequest, Response as ExpressResponse } from "express";

/** The request as the examples' shared code reads it. `express.raw` must have read the body. */
export function webRequest(incoming: ExpressRequest): Request {
  const headers = new Headers();
  for (const name of ["authorization", "content-type", "cookie"]) {
    const value = incoming.get(name);
    if (value !== undefined) headers.set(name, value);
  }
  const body = Buffer.isBuffer(incoming.body) ? incoming.body : null;
  return new Request("http://localhost", { method: "POST", headers, body });
}

/** Answers with a web response. */
export async function send(outgoing: ExpressResponse, response: Response): Promise<void> {
  outgoing.status(response.status);
  response.headers.forEach((value, name) => {
    outgoing.set(name, value);
  });
  outgoing.send(Buffer.from(await response.arrayBuffer()));
}
