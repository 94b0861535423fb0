import type { PublishFailure } from "@realtime-gateway/pusher";
import type { TestEventSettings } from "@realtime-gateway/settings";
import type { Context } from "hono";
import type { Hono } from "hono/tiny";
import { createHttpApp } from "../http/app.ts";
import { invalidToken, requireBearerToken, sameSecret } from "../http/bearer.ts";
import { readBody } from "../http/body.ts";
import { type HttpEnv, requestId } from "../http/context.ts";
import { Problem } from "../http/problem.ts";
import type { Log } from "../log.ts";
import type { Publish } from "../publisher.ts";
import { readTestEvent } from "./request.ts";

export interface TestEventDeps {
  readonly config: Pick<
    TestEventSettings,
    "form" | "maxPayloadBytes" | "dryRun" | "basePath" | "allowedOrigins" | "testToken"
  >;
  readonly publish: Publish;
  readonly log: Log;
  readonly now: () => Date;
}

/** The limit of an SQS message, so that an operator can test truncation with a real payload. */
const MAX_BODY_BYTES = 1_048_576;

/** `POST /test` publishes one event, so that an operator can check delivery. */
export function createTestEventApp({ config, publish, log, now }: TestEventDeps): Hono<HttpEnv> {
  return createHttpApp(
    [
      {
        method: "POST",
        path: "/test",
        handle: async (context) => {
          requireTestToken(context, config.testToken);
          const body = await readBody(context, MAX_BODY_BYTES);
          const { channel, event, payload } = readTestEvent(body, config, now());
          const { json, bytes, originalBytes, truncated } = payload;
          if (truncated)
            log.warn("payload_truncated", {
              event,
              channels: [channel],
              bytes: originalBytes,
              limit: config.maxPayloadBytes,
              request_id: requestId(context),
            });
          const publication = await publish([{ channel, name: event, data: json }]);
          if (!publication.ok) throw problemOf(publication);
          return context.json({ channel, event, bytes, truncated, dry_run: config.dryRun });
        },
      },
    ],
    { config, log },
  );
}

/** Runs before the body is read. Problems: 401 `missing_credentials`, 401 `invalid_token`. */
function requireTestToken(context: Context<HttpEnv>, testToken: string | undefined): void {
  if (testToken !== undefined && !sameSecret(requireBearerToken(context), testToken))
    throw invalidToken("The token is not REALTIME_TEST_TOKEN");
}

/** The caller can correct a rejected event (422). Other failures are not the caller's (503). */
function problemOf({ code, status, detail }: PublishFailure): Problem {
  // Pusher's words are for the log: they may name the app.
  const cause = status === undefined ? detail : `status ${status}`;
  if (code === "rejected_by_pusher")
    return new Problem(422, code, ...textsOf("Pusher rejected the event", cause, detail));
  return new Problem(503, code, ...textsOf("Pusher did not answer or did not accept the app", cause, detail));
}

const textsOf = (what: string, cause: string, detail: string) =>
  [`${what}: ${cause}`, {}, { logDetail: `${what}: ${detail}` }] as const;
