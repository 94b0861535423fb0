import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { PusherJs } from "@realtime-gateway/local";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { buildChannel } from "../../packages/routing/src/index.ts";
import { serveRequests } from "../support/clients/web-server.ts";
import { blocksOf } from "../support/doc-blocks.ts";
import { createDocProject, type DocProject } from "../support/doc-project.ts";
import { cloudEvent, createInbox, startGateway, type TestGateway } from "../support/stack.ts";
import { AUDIENCE, hmac, ISSUER, JWT_SECRET, makeToken } from "../support/tokens.ts";

type Pusher = InstanceType<typeof PusherJs>;

/** The parts of the page's modules that the tests call. */
interface Modules {
  readonly connect: (accessToken?: () => string) => Pusher;
  readonly channelName: (kind: "audit" | "fiche" | "job", id: string) => string;
  readonly watch: (
    pusher: Pusher,
    name: string,
    watcher: { readonly onChange: () => void; readonly onDenied: (status: number) => void },
  ) => () => void;
  readonly createFetchOnce: (fetchState: () => Promise<void>) => () => void;
  readonly createIsOlder: () => (payload: { readonly _realtime?: { readonly time?: string } }) => boolean;
  readonly showConnection: (pusher: Pusher, show: (text: string) => void) => void;
}

const FILES = ["connect", "channel-name", "watch", "fetch-once", "older", "connection"];

let project: DocProject;
beforeAll(async () => {
  project = await createDocProject(blocksOf("docs/pusher-js.md"));
});
afterAll(() => project.remove());

/** Loads the examples as a page with these variables does. */
async function load(variables: Readonly<Record<string, string>> = {}, retryMs = 50): Promise<Modules> {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const urls: string[] = [];
  for (const file of FILES)
    urls.push(
      await project.bundle(`${file}.ts`, (source) => source.replace("RETRY_MS = 5000", `RETRY_MS = ${retryMs}`)),
    );
  return Object.assign({}, ...(await Promise.all(urls.map((url) => import(url)))));
}

const variablesOf = ({ pusher, apiUrl }: TestGateway, authUrl = `${apiUrl}/auth`) => ({
  NEXT_PUBLIC_PUSHER_KEY: pusher.key,
  NEXT_PUBLIC_PUSHER_CLUSTER: pusher.client.cluster,
  NEXT_PUBLIC_PUSHER_HOST: pusher.host,
  NEXT_PUBLIC_PUSHER_PORT: String(pusher.port),
  NEXT_PUBLIC_REALTIME_AUTH_URL: authUrl,
});

it("the examples of docs/pusher-js.md pass the compiler's strict mode", async () => {
  expect(await project.compile()).toBe("");
});

describe("the examples of docs/pusher-js.md, at a gateway", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  /** Connects and watches. The inbox gets each call of the watcher. */
  async function watched(name: string, authUrl?: string) {
    const { connect, watch } = await load(variablesOf(gateway, authUrl));
    const calls = createInbox<string>();
    const pusher = connect();
    onTestFinished(() => pusher.disconnect());
    const end = watch(pusher, name, {
      onChange: () => calls.put("change"),
      onDenied: (status) => calls.put(`${status}`),
    });
    return { pusher, calls, end };
  }

  it("let a page fetch after it has subscribed, and after each event", async () => {
    const page = fileURLToPath(await project.bundle("page.ts"));
    const child = spawn(process.execPath, [page], { env: variablesOf(gateway), stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

    expect((await lines.next()).value).toBe("fetch audit 42");
    await gateway.send(cloudEvent("audit.config_loaded", { audit_id: "42" }));
    expect((await lines.next()).value).toBe("fetch audit 42");
  });

  it("fetch again after a reconnect", async () => {
    const { pusher, calls } = await watched("private-audit-42");
    expect(await calls.take()).toBe("change");
    pusher.disconnect();
    pusher.connect();
    expect(await calls.take()).toBe("change");
  });

  it("report a name that the gateway does not authorize as 403", async () => {
    const { calls } = await watched("private-audit-=");
    expect(await calls.take()).toBe("403");
  });

  it("subscribe again after an answer that may pass", async () => {
    const asked = createInbox<string>();
    let isFirst = true;
    const flaky = await serveRequests(async (request) => {
      asked.put(new URL(request.url).pathname);
      const status = isFirst ? 503 : 200;
      isFirst = false;
      const answer = await fetch(`${gateway.apiUrl}/auth`, {
        method: "POST",
        body: new URLSearchParams(await request.text()),
      });
      return new Response(await answer.text(), { status });
    });
    onTestFinished(() => flaky.stop());

    const { calls } = await watched("private-audit-42", `${flaky.origin}/auth`);

    expect([await asked.take(), await asked.take()]).toEqual(["/auth", "/auth"]);
    expect(await calls.take()).toBe("change");
  });

  it("show whether the page is live", async () => {
    const { connect, showConnection } = await load(variablesOf(gateway));
    const shown = createInbox<string>();
    const pusher = connect();
    showConnection(pusher, shown.put);
    expect(await shown.take()).toBe("connecting");
    expect(await shown.take()).toBe("live");
    pusher.disconnect();
    expect(await shown.take()).toBe("not live: reload to see changes");
  });
});

it("the examples of docs/pusher-js.md report a request without a valid token as 401, and another user's channel as 403", async () => {
  const gateway = await startGateway({
    REALTIME_AUTH_MODE: "jwt",
    REALTIME_JWT_SECRET: JWT_SECRET,
    REALTIME_JWT_ISSUER: ISSUER,
    REALTIME_JWT_AUDIENCE: AUDIENCE,
  });
  onTestFinished(() => gateway.stop());
  const exp = Math.floor(Date.now() / 1000) + 300;
  const claims = { iss: ISSUER, aud: AUDIENCE, sub: "ann", exp, realtime: { channels: ["audit-42"] } };
  const token = makeToken(hmac(JWT_SECRET), claims);
  const { connect, watch } = await load(variablesOf(gateway));

  const outcome = (name: string, accessToken?: () => string): Promise<string> =>
    new Promise((resolve) => {
      const pusher = connect(accessToken);
      onTestFinished(() => pusher.disconnect());
      watch(pusher, name, { onChange: () => resolve("joined"), onDenied: (status) => resolve(`${status}`) });
    });

  expect(await outcome("private-audit-42")).toBe("401");
  expect(await outcome("private-audit-43", () => token)).toBe("403");
  expect(await outcome("private-audit-42", () => token)).toBe("joined");
});

describe("the examples of docs/pusher-js.md", () => {
  it("write every id as the gateway does", async () => {
    const { channelName } = await load();
    fc.assert(
      fc.property(
        fc.constantFrom("audit", "fiche", "job"),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
        (kind, id) => {
          const built = buildChannel({ kind, id }, "private");
          if (built.ok) expect(channelName(kind, id)).toBe(built.value);
        },
      ),
    );
  });

  it("fetch once at a time, and once more after changes meanwhile, also after a failure", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const { createFetchOnce } = await load();
    const runs: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
    const changed = createFetchOnce(() => new Promise((resolve, reject) => runs.push({ resolve, reject })));

    for (let events = 0; events < 5; events += 1) changed();
    expect(runs).toHaveLength(1);
    runs[0]?.reject(new Error("offline"));
    await expect.poll(() => runs.length).toBe(2);
    runs[1]?.resolve();
    await new Promise(setImmediate);
    expect(runs).toHaveLength(2);
    changed();
    expect(runs).toHaveLength(3);
  });

  it("recognize a payload that is older than one before it", async () => {
    const isOlder = (await load()).createIsOlder();
    const at = (time?: string) => isOlder({ _realtime: time === undefined ? {} : { time } });
    expect([at("2026-03-02T09:00:00Z"), at("2026-03-02T08:59:59Z"), at("2026-03-02T10:00:00.5+01:00")]).toEqual([
      false,
      true,
      false,
    ]);
    expect([at("2026-03-02T09:00:00Z"), at(), isOlder({}), at("soon")]).toEqual([true, false, false, false]);
  });
});
