import type { Publication } from "@realtime-gateway/pusher";
import type { TestEventSettings } from "@realtime-gateway/settings";
import type { Context } from "hono";
import type { Hono } from "hono/tiny";
import { createHttpApp, type HttpEnv, Problem, requestId } from "../http/app.ts";
import { invalidToken, requireBearerToken, sameSecret } from "../http/bearer.ts";
import { readBody } from "../http/body.ts";
import type { Log } from "../log.ts";
import type { Publish } from "../publisher.ts";
import { readTestEvent } from "./request.ts";

export interface TestEventDeps {
  readonly config: Pick<TestEventSettings, "form" | "maxPayloadBytes" | "dryRun" | "allowedOrigins" | "testToken">;
  readonly publish: Publish;
  readonly log: Log;
  readonly now: () => Date;
}

/** As large as an SQS message may be: whoever checks truncation sends what a producer would. */
const MAX_BODY_BYTES = 1_048_576;

/** `POST /test` */
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

/** Before anything of the request is read. Problems: 401 `missing_credentials`, 401 `invalid_token`. */
function requireTestToken(context: Context<HttpEnv>, testToken: string | undefined): void {
  if (testToken !== undefined && !sameSecret(requireBearerToken(context), testToken))
    throw invalidToken("The token is not the one that test events need");
}

/** A refusal of the content is the caller's to mend; anything else is a dependency of ours that fails. */
const problemOf = ({ code, detail }: Extract<Publication, { ok: false }>): Problem =>
  code === "rejected_by_pusher"
    ? new Problem(422, code, `Pusher refused the event: ${detail}`)
    : new Problem(503, code, `Pusher could not be reached or refused the app: ${detail}`);
