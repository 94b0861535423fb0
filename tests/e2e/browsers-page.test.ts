import { PusherJs } from "@realtime-gateway/local";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createEcho } from "../../examples/browser/echo.ts";
import type { RealtimeClient, RealtimeProblem } from "../../packages/client/src/index.ts";
import { blocksOf } from "../support/doc-blocks.ts";
import { createDocProject, type DocProject } from "../support/doc-project.ts";
import { APP, apiOf, type ServerAddress, startServer } from "../support/pusher-server.ts";
import { startAuthServer, until } from "../support/realtime-page.ts";
import { cloudEvent, createInbox, startGateway, type TestGateway } from "../support/stack.ts";

type Load = () => Promise<void>;
/** The parts of the page's modules that the tests call. */
interface Modules {
  readonly realtime: RealtimeClient;
  readonly announceScore: (id: string, announce: (text: string) => void) => () => void;
  readonly createSignedIn: (session: object) => RealtimeClient;
}

/** A module before and after a migration. */
interface Migrated<Connection> {
  readonly realtimeOf?: (connection: Connection) => Connection;
  readonly watchAudit: (connection: Connection, id: string, load: Load) => () => void;
}

let project: DocProject;
beforeAll(async () => {
  // One bundle of both files, so that they share their realtime.
  const text = 'export * from "./realtime"; export * from "./watch-audit"; export * from "./announce";';
  const blocks = [...blocksOf("docs/browsers.md"), ...blocksOf("docs/migration.md")];
  project = await createDocProject([...blocks, { file: "page.ts", text }]);
});
afterAll(() => project.remove());

/** Node cannot resolve the browser's entry. Its own class decrypts, too. */
const forNode = (source: string): string => source.replace("pusher-js/with-encryption", "pusher-js");
const load = async (file: string) => import(await project.bundle(file, forNode));

/** Sets the variables of the page until the test ends. */
function setVariables({ host, port }: ServerAddress, key: string, authUrl: string): void {
  vi.stubEnv("NEXT_PUBLIC_PUSHER_KEY", key);
  vi.stubEnv("NEXT_PUBLIC_PUSHER_CLUSTER", "local");
  vi.stubEnv("NEXT_PUBLIC_PUSHER_HOST", host);
  vi.stubEnv("NEXT_PUBLIC_PUSHER_PORT", String(port));
  vi.stubEnv("NEXT_PUBLIC_REALTIME_AUTH_URL", authUrl);
  onTestFinished(() => void vi.unstubAllEnvs());
}

it("the examples of docs/browsers.md and docs/migration.md pass the compiler's strict mode", async () => {
  expect(await project.compile()).toBe("");
});

describe("the examples of docs/browsers.md, at a gateway", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  const completed = { audit_id: "42", overall_score: "18/25" };
  const sendCompleted = () => gateway.send(cloudEvent("audit.completed", completed));

  it("read after the subscription and after an event, and announce the score", async () => {
    setVariables(gateway.pusher, gateway.pusher.key, `${gateway.apiUrl}/auth`);
    const { realtime, watchAudit, announceScore }: Modules & { watchAudit: (id: string, load: Load) => () => void } =
      await load("page.ts");
    onTestFinished(() => realtime.close());
    const reads = createInbox<string>();
    const announced = createInbox<string>();
    watchAudit("42", async () => reads.put("read"));
    announceScore("42", announced.put);

    expect(await reads.take()).toBe("read");
    await sendCompleted();

    expect(await reads.take()).toBe("read");
    expect(await announced.take()).toBe("The audit is completed: 18/25");
  });

  const open = () => {
    const { key, client } = gateway.pusher;
    const endpoint = `${gateway.apiUrl}/auth`;
    const pusher = new PusherJs(key, { ...client, channelAuthorization: { transport: "ajax", endpoint } });
    onTestFinished(() => pusher.disconnect());
    return pusher;
  };

  it.each([
    { file: "bare-before.ts", connect: open },
    { file: "bare-after.ts", connect: open },
    { file: "echo-before.ts", connect: () => createEcho(open()) },
    { file: "echo-after.ts", connect: () => createEcho(open()) },
  ])("read after an event before and after a migration: $file", async ({ file, connect }) => {
    const { realtimeOf = (same: unknown) => same, watchAudit }: Migrated<unknown> = await load(file);
    let reads = 0;
    const stop = watchAudit(realtimeOf(connect()), "42", async () => {
      reads += 1;
    });
    onTestFinished(stop);
    await expect.poll(() => gateway.pusher.server?.listenersOf("private-audit-42")).toBe(1);
    const before = reads;
    await sendCompleted();
    await expect.poll(() => reads).toBeGreaterThan(before);
    stop();
    await expect.poll(() => gateway.pusher.server?.listenersOf("private-audit-42")).toBe(0);
  });
});

describe("the examples of docs/browsers.md, with another authorization", () => {
  it("ask for a fresh token after a 401", async () => {
    const server = await startServer();
    const auth = await startAuthServer();
    auth.answer = ({ headers }) =>
      headers.get("authorization") === "Bearer fresh"
        ? undefined
        : Response.json({ code: "invalid_token" }, { status: 401 });
    setVariables(server, APP.key, `${auth.url}/auth`);
    const { createSignedIn }: Modules = await load("realtime-with-token.ts");
    const problems: RealtimeProblem[] = [];
    const session = {
      token: async ({ fresh }: { readonly fresh: boolean }) => (fresh ? "fresh" : "old"),
      report: (problem: RealtimeProblem) => problems.push(problem),
    };
    const realtime = createSignedIn(session);
    onTestFinished(() => realtime.close());

    realtime.audit("42").refetch(() => undefined);

    await until(() => expect(realtime.status).toBe("live"));
    expect(auth.tokens).toEqual(["Bearer old", "Bearer fresh"]);
    expect(problems).toEqual([]);
  });

  it("decrypt the events of an encrypted channel", async () => {
    const server = await startServer();
    const auth = await startAuthServer("encrypted");
    setVariables(server, APP.key, `${auth.url}/auth`);
    const { realtime }: Modules = await load("realtime-encrypted.ts");
    onTestFinished(() => realtime.close());
    const heard = createInbox<unknown>();
    realtime.audit("42").on("audit.completed", heard.put);
    await expect.poll(() => server.listenersOf("private-encrypted-audit-42")).toBe(1);

    await apiOf(server).trigger("private-encrypted-audit-42", "audit.completed", { audit_id: "42" });

    expect(await heard.take()).toEqual({ audit_id: "42" });
  });
});
