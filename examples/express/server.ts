import { Readable } from "node:stream";
import express, { type Request as ExpressRequest, type Response as ExpressResponse } from "express";
import { mayJoin } from "../nextjs/lib/may-join.ts";
import { forwardSignIn, forwardSubscription } from "../nextjs/lib/realtime/forward.ts";
import { readSession } from "../nextjs/lib/session.ts";
import { gateway } from "../nextjs/lib/settings.ts";

/** Mount these routes before `express.urlencoded()`: they read the form themselves. */
export const app = express()
  .post("/api/pusher/auth", async (incoming, outgoing) => {
    const request = webRequest(incoming);
    await send(outgoing, await forwardSubscription(request, await readSession(request.headers), mayJoin, gateway()));
  })
  .post("/api/pusher/user-auth", async (incoming, outgoing) => {
    const request = webRequest(incoming);
    await send(outgoing, await forwardSignIn(request, await readSession(request.headers), gateway()));
  });

function webRequest(incoming: ExpressRequest): Request {
  const headers = new Headers();
  for (const name of ["authorization", "content-type", "cookie"]) {
    const value = incoming.get(name);
    if (value !== undefined) headers.set(name, value);
  }
  const body = Readable.toWeb(incoming);
  return new Request("http://localhost", { method: "POST", headers, body, duplex: "half" });
}

async function send(outgoing: ExpressResponse, response: Response): Promise<void> {
  outgoing.status(response.status);
  response.headers.forEach((value, name) => {
    outgoing.set(name, value);
  });
  outgoing.send(Buffer.from(await response.arrayBuffer()));
}

if (import.meta.main) app.listen(Number(process.env.PORT ?? 4000));
