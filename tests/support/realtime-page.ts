import { createPusherSigner } from "@realtime-gateway/pusher";
import { expect, onTestFinished, vi } from "vitest";
import { createAuthApp } from "../../functions/auth/app.ts";
import { authenticateAnonymously } from "../../functions/auth/modes/open.ts";
import { createRealtimeWith } from "../../packages/client/src/create-realtime.ts";
import type { RealtimeClient, RealtimeProblem } from "../../packages/client/src/index.ts";
import type { Form, OwnConnection } from "../../packages/client/src/types.ts";
import { serveRequests } from "./clients/web-server.ts";
import { APP, ENCRYPTION_KEY, PusherClient, type ServerAddress } from "./pusher-server.ts";

const BASE_PATH = "/api/realtime/pusher";

type Answer = (request: Request) => Response | undefined | Promise<Response | undefined>;

/** The gateway's own auth function behind HTTP. It remembers the channels of each request. */
export interface AuthServer {
  readonly url: string;
  readonly requests: string[][];
  readonly tokens: (string | null)[];
  /** Answers requests instead of the gateway while it returns a response. */
  answer: Answer;
}

export async function startAuthServer(form: Form = "private"): Promise<AuthServer> {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const signer = createPusherSigner({
    ...APP,
    ...(form === "encrypted" && { encryptionMasterKey: Buffer.from(ENCRYPTION_KEY, "base64") }),
  });
  const config = { form, basePath: BASE_PATH, allowedOrigins: [] } as const;
  const app = createAuthApp({ config, signer, authenticate: authenticateAnonymously, log });
  const state: { answer: Answer } = { answer: () => undefined };
  const requests: string[][] = [];
  const tokens: (string | null)[] = [];
  const web = await serveRequests(async (request) => {
    const form = new URLSearchParams(await request.clone().text());
    requests.push([...form].flatMap(([field, value]) => (field.startsWith("channel_name") ? [value] : [])));
    tokens.push(request.headers.get("authorization"));
    return (await state.answer(request)) ?? app.fetch(request);
  });
  onTestFinished(() => web.stop());
  return Object.assign(state, { url: web.origin + BASE_PATH, requests, tokens });
}

/** A frame that the page sent. */
interface Frame {
  readonly event: string;
  readonly channel: unknown;
}

export interface RealtimePage {
  readonly realtime: RealtimeClient;
  readonly problems: RealtimeProblem[];
  /** The statuses so far, without `idle`. */
  readonly statuses: string[];
  /** Without the pings of `pusher-js`. */
  readonly frames: Frame[];
}

export type RealtimePageOptions = Partial<OwnConnection> & { readonly jitterMs?: number };

/** A page with the real `pusher-js`. It closes when the test ends. */
export function openPage(
  server: ServerAddress,
  auth: Pick<AuthServer, "url">,
  { jitterMs = 0, ...more }: RealtimePageOptions = {},
): RealtimePage {
  const problems: RealtimeProblem[] = [];
  const statuses: string[] = [];
  const frames: Frame[] = [];
  class Pusher extends PusherClient {
    override send_event(event: string, data: { readonly channel?: unknown }, channel?: string): boolean {
      frames.push({ event, channel: data.channel });
      return super.send_event(event, data, channel);
    }
  }
  const realtime = createRealtimeWith(
    {
      Pusher,
      key: APP.key,
      cluster: "local",
      options: { wsHost: server.host, wsPort: server.port, forceTLS: false, enableStats: false },
      auth: { url: auth.url },
      onProblem: (problem) => problems.push(problem),
      ...more,
    },
    jitterMs,
  );
  realtime.onStatus((status) => statuses.push(status));
  onTestFinished(() => realtime.close());
  return { realtime, problems, statuses, frames };
}

/** Resolves after the check passes. The limit is for a loaded machine. */
export const until = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 120_000, interval: 10 });

export const untilLive = ({ realtime }: Pick<RealtimePage, "realtime">): Promise<void> =>
  until(() => expect(realtime.status).toBe("live"));

/** The events of the frames about channels, in order. */
export const subscriptionsOf = ({ frames }: RealtimePage): string[] =>
  frames.filter(({ channel }) => channel !== undefined).map(({ event, channel }) => `${event} ${channel}`);
