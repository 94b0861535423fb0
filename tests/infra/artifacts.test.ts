import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import { describe, expect, it, onTestFinished } from "vitest";
import { FUNCTION_NAMES } from "../../functions/manifest.ts";
import { logicalName } from "../../infra/settings/logical-name.ts";
import { startQueue } from "../../packages/local/src/sqs/queue.ts";
import { bundleOptions } from "../../tools/build.ts";
import { apiEvent } from "../support/api-event.ts";
import { cloudEvent } from "../support/envelopes.ts";
import { importing, modulesLoadedBy } from "../support/fresh-process.ts";
import { apiOf } from "../support/pusher-server.ts";
import { sqsEvent } from "../support/sqs-record.ts";
import { artifactFolder, startArtifact, startPusherOf } from "./artifact.ts";
import { deployed, functionOf } from "./deployed.ts";
import { STAGES } from "./stages.ts";

const BASE = "/api/realtime/pusher";
const JSON_BODY = { "content-type": "application/json" };
const post = (path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
  apiEvent({ method: "POST", path: BASE + path, headers: { ...JSON_BODY, ...headers }, body: JSON.stringify(body) });
const PROGRESS = '{"audit_id":"42","completed_steps":3,"total_steps":5,"failed_steps":0,"current_phase":"analysis"}';

describe("the bundles of SST", () => {
  const BUNDLES = FUNCTION_NAMES.map((name) => [logicalName(name), name] as const);
  /** SST prepends a few lines of its own. */
  const TOLERANCE_BYTES = 500;

  it.each(BUNDLES)("%s has the size of the project's own build, and a source map", async (logical, name) => {
    const bundle = await readFile(`${artifactFolder(logical)}bundle.mjs`, "utf8");
    const { outputFiles } = await build({ ...bundleOptions(name), outfile: "bundle.mjs", write: false });
    const ours = outputFiles.find(({ path }) => path.endsWith(".mjs"))?.contents.length ?? 0;
    expect(Math.abs(bundle.length - ours)).toBeLessThan(TOLERANCE_BYTES);
    expect(bundle).toContain("//# sourceMappingURL=bundle.mjs.map");
    const { sources, sourcesContent } = JSON.parse(await readFile(`${artifactFolder(logical)}bundle.mjs.map`, "utf8"));
    expect(sources).toContainEqual(expect.stringMatching(/functions\/.+\/handler\.ts$/));
    // Each cold start reads the map, and stack traces need no sources.
    expect(sourcesContent).toBeUndefined();
  });

  it.each([
    ["Auth", post("/auth", { socket_id: "1.2", channel_name: "private-audit-42" })],
    ["TestEvent", post("/test", {})],
    ["Webhook", post("/webhook", {})],
  ])("%s answers without undici, which would add 20 ms to a cold start", async (logical, event) => {
    const { environment } = functionOf(deployed("ci"), logical);
    const script = importing(`${artifactFolder(logical)}bundle.mjs`, event);
    const loaded = await modulesLoadedBy(script, { ...environment.variables, PUSHER_DRY_RUN: "1" });
    expect(loaded).not.toContainEqual(expect.stringContaining("undici/undici"));
  });

  it.each(BUNDLES)("%s contains no secret", async (logical) => {
    const bundle = await readFile(`${artifactFolder(logical)}bundle.mjs`, "utf8");
    expect(bundle).not.toMatch(/dummy-(?:secret|token)/);
  });
});

describe("the relay's artifact", () => {
  it("publishes a valid message and dead-letters an invalid one", async () => {
    const { env } = await startPusherOf("ci");
    const queue = await startQueue({ port: 0 });
    onTestFinished(() => queue.stop());
    const relay = startArtifact(deployed("ci"), "Relay", {
      ...env,
      REALTIME_DLQ_URL: queue.deadLetterQueueUrl,
      AWS_ENDPOINT_URL_SQS: queue.endpoint,
      AWS_ACCESS_KEY_ID: queue.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: queue.credentials.secretAccessKey,
    });
    const answer = await relay.invoke(sqsEvent({ good: cloudEvent(PROGRESS), bad: "{" }));
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(relay.records()).toContainEqual(
      expect.objectContaining({
        message: expect.objectContaining({ message: "relay_batch", published: 1, rejected: { invalid_json: 1 } }),
      }),
    );
  });

  it("reports every message as failed while Pusher is down", async () => {
    const down = { effect: { kind: "answer", status: 503 } } as const;
    const { env } = await startPusherOf("ci", [down]);
    const relay = startArtifact(deployed("ci"), "Relay", env);
    const answer = await relay.invoke(sqsEvent({ m1: cloudEvent(PROGRESS) }));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "m1" }] });
  });
});

describe("the HTTP functions' artifacts", () => {
  it("auth authorizes with the secret of the stage", async () => {
    const auth = startArtifact(deployed("ci"), "Auth", {});
    await expect(auth.invoke(apiEvent({ method: "GET", path: `${BASE}/health` }))).resolves.toMatchObject({
      statusCode: 200,
    });
    const channel = "private-audit-42";
    const answer = await auth.invoke(post("/auth", { socket_id: "1.2", channel_name: channel }));
    const app = { appId: "1000", key: STAGES.ci.env.PUSHER_KEY, secret: "dummy-secret" };
    const expected = apiOf({ host: "127.0.0.1", port: 1 }, app).authorizeChannel("1.2", channel);
    expect(answer).toMatchObject({ statusCode: 200, body: JSON.stringify(expected) });
  });

  it("auth of production requires a token, and answers preflights of the stage's pages", async () => {
    const auth = startArtifact(deployed("production"), "Auth", {});
    const asked = await auth.invoke(post("/auth", { socket_id: "1.2", channel_name: "private-audit-42" }));
    expect(asked).toMatchObject({ statusCode: 401 });
    const preflight = { origin: "https://app.example", "access-control-request-method": "POST" };
    await expect(
      auth.invoke(apiEvent({ method: "OPTIONS", path: `${BASE}/auth`, headers: preflight })),
    ).resolves.toMatchObject({
      statusCode: 204,
      headers: expect.objectContaining({ "access-control-allow-origin": "https://app.example" }),
    });
  });

  it("auth in proxy mode requires an assertion for an encrypted channel", async () => {
    const auth = startArtifact(deployed("other"), "Auth", {});
    const asked = post("/auth", { socket_id: "1.2", channel_name: "private-encrypted-audit-42" });
    const belowItsBasePath = { ...asked, rawPath: "/realtime/auth" };
    await expect(auth.invoke(belowItsBasePath)).resolves.toMatchObject({ statusCode: 401 });
    await expect(auth.invoke(asked)).resolves.toMatchObject({ statusCode: 404 });
  });

  it("test-event requires the token and publishes", async () => {
    const { env } = await startPusherOf("ci");
    const testEvent = startArtifact(deployed("ci"), "TestEvent", env);
    await expect(testEvent.invoke(post("/test", {}))).resolves.toMatchObject({ statusCode: 401 });
    await expect(testEvent.invoke(post("/test", {}, { authorization: "Bearer dummy-token" }))).resolves.toMatchObject({
      statusCode: 200,
      body: expect.stringContaining('"private-realtime-test"'),
    });
  });

  it("webhook accepts a valid signature and rejects a forged one", async () => {
    const webhook = startArtifact(deployed("ci"), "Webhook", {});
    const body = { time_ms: Date.now(), events: [{ name: "channel_occupied", channel: "private-audit-42" }] };
    const signature = createHmac("sha256", "dummy-secret").update(JSON.stringify(body)).digest("hex");
    const headers = { "x-pusher-key": STAGES.ci.env.PUSHER_KEY, "x-pusher-signature": signature };
    await expect(webhook.invoke(post("/webhook", body, headers))).resolves.toMatchObject({ statusCode: 200 });
    await expect(
      webhook.invoke(post("/webhook", body, { ...headers, "x-pusher-signature": "0".repeat(64) })),
    ).resolves.toMatchObject({ statusCode: 401 });
  });

  it.each([
    ["Auth", "/auth"],
    ["Auth", "/user-auth"],
    ["Auth", "/health"],
    ["TestEvent", "/test"],
    ["Webhook", "/webhook"],
  ])("%s answers at %s with 405 for a wrong method", async (logical, path) => {
    const fn = startArtifact(deployed("ci"), logical, {});
    await expect(fn.invoke(apiEvent({ method: "DELETE", path: BASE + path }))).resolves.toMatchObject({
      statusCode: 405,
    });
  });
});
