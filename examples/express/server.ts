import express, { type ErrorRequestHandler } from "express";
import { mayJoin } from "../nextjs/lib/may-join.ts";
import { MAX_BODY_BYTES } from "../nextjs/lib/realtime/form.ts";
import { forwardSignIn, forwardSubscription } from "../nextjs/lib/realtime/forward.ts";
import { problem } from "../nextjs/lib/realtime/problem.ts";
import { readSession } from "../nextjs/lib/session.ts";
import { gateway } from "../nextjs/lib/settings.ts";
import { send, webRequest } from "./web-request.ts";

/** Reads every body to its end. A stream that is left in the middle fails later, where nothing catches the error. */
const readBody = express.raw({ type: "*/*", limit: MAX_BODY_BYTES, inflate: false });

/** Without this handler, Express answers with a stack trace unless `NODE_ENV` is `production`. */
const answerProblem: ErrorRequestHandler = async (error, _incoming, outgoing, _next) => {
  const { status } = Object(error);
  if (status >= 400 && status < 500)
    return await send(outgoing, problem(status, "invalid_body", "Send the form that pusher-js sends"));
  console.error(error);
  await send(outgoing, problem(500, "internal_error", "The request could not be handled"));
};

/** Mount these routes before `express.urlencoded()`: they read the form themselves. */
export const app = express()
  .post("/api/pusher/auth", readBody, async (incoming, outgoing) => {
    const request = webRequest(incoming);
    await send(outgoing, await forwardSubscription(request, await readSession(request.headers), mayJoin, gateway()));
  })
  .post("/api/pusher/user-auth", readBody, async (incoming, outgoing) => {
    const request = webRequest(incoming);
    await send(outgoing, await forwardSignIn(request, await readSession(request.headers), gateway()));
  })
  .use(answerProblem);

if (import.meta.main) {
  const port = Number(process.env.PORT ?? 4000);
  app.listen(port, (error) => {
    if (error) throw error;
    console.log(`The example listens on port ${port}`);
  });
}
