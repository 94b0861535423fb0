import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Hint } from "../../packages/local/src/hints/hint.ts";
import {
  environmentOf,
  type InstalledProgram,
  installedAwsCli,
  installedBoto3,
  installedCurl,
  runSnippet,
} from "../support/aws-clients.ts";
import { blocksOf } from "../support/doc-blocks.ts";
import { createInbox, type Gateway, listen, startGateway } from "../support/stack.ts";

const hints = createInbox<Hint>();
let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({}, { onHint: hints.put });
});
afterAll(() => gateway.stop());

const data = { audit_id: "42", completed_steps: 3, total_steps: 5, failed_steps: 0, current_phase: "analysis" };

describe("an event of one's own", () => {
  it("reaches a browser from plain JSON", async () => {
    const listener = await listen(gateway, ["private-audit-42"]);
    const body = JSON.stringify({ type: "audit.progress", data });
    const response = await fetch(gateway.eventsUrl, { method: "POST", body });
    expect({ status: response.status, answer: await response.json() }).toEqual({
      status: 200,
      answer: { message_id: expect.any(String), event: "audit.progress", channels: ["private-audit-42"] },
    });
    expect(await listener.next()).toEqual({ event: "audit.progress", channel: "private-audit-42", data });
  });

  it("reaches a browser from curl's form", async () => {
    const listener = await listen(gateway, ["private-audit-42"]);
    const MessageBody = JSON.stringify({ type: "audit.progress", data });
    const body = new URLSearchParams({ Action: "SendMessage", MessageBody });
    expect((await fetch(gateway.queue.queueUrl, { method: "POST", body })).status).toBe(200);
    expect(await listener.next()).toMatchObject({ event: "audit.progress" });
  });
});

interface Snippet {
  readonly title: string;
  readonly language: "sh" | "python";
  readonly source: string;
  readonly program: string;
}

/** Each snippet of docs/sending.md that sends, once for each installed client that it is for. */
async function snippets(): Promise<readonly Snippet[]> {
  const [boto3, awsCli, curl] = await Promise.all([installedBoto3(), installedAwsCli(), installedCurl()]);
  return sending.flatMap(({ above, language, text: source }) => {
    if (language === "python") return boto3.map((each) => snippetOf(above, "python", source, each));
    if (source.startsWith("curl ")) return curl.map((each) => snippetOf(above, "sh", source, each));
    const clients = source.includes("--endpoint-url") ? awsCli : awsCli.filter(readsEndpointVariable);
    return clients.map((each) => snippetOf(above, "sh", source, each));
  });
}

const MAX_VERSION_CHARACTERS = 20;

const sending = blocksOf("docs/sending.md").filter(({ language }) => /^(?:sh|python)$/.test(language));

const snippetOf = (
  above: string,
  language: Snippet["language"],
  source: string,
  client: InstalledProgram,
): Snippet => ({
  title: `${above} ${client.version.slice(0, MAX_VERSION_CHARACTERS)}`,
  language,
  source,
  program: client.path,
});

/** From 2.13 on, AWS CLI v2 reads `AWS_ENDPOINT_URL_SQS`. v1 sends to its own endpoint of SQS in every version. */
function readsEndpointVariable({ version }: InstalledProgram): boolean {
  const [, major, minor] = /aws-cli\/(\d+)\.(\d+)/.exec(version) ?? [];
  return major === "2" && Number(minor) >= 13;
}

const all = await snippets();
const missing = ["aws", "curl", "python3"].filter((name) => !all.some(({ program }) => program.endsWith(`/${name}`)));
if (missing.length > 0) console.warn(`SKIPPED: lines of docs/sending.md, as this machine lacks ${missing.join(", ")}`);

describe("a line of docs/sending.md", { timeout: 240_000 }, () => {
  it.each(all)("reaches a browser: $title", async ({ language, source, program }) => {
    const { queue, eventsUrl } = gateway;
    const listener = await listen(gateway, ["private-audit-42"]);
    const variables = {
      ...environmentOf(queue),
      AWS_ENDPOINT_URL_SQS: queue.endpoint,
      DOMAIN_EVENTS_QUEUE_URL: queue.queueUrl,
    };
    await runSnippet(language, source.replace("http://127.0.0.1:3000/_realtime/events", eventsUrl), variables, program);
    expect(await listener.next()).toMatchObject({ event: "audit.progress", data });
  });

  it("exists for curl, the AWS CLI and boto3", () => {
    const commands = sending.map(({ text }) => /^\w+/.exec(text)?.[0]);
    expect(commands).toEqual(["curl", "aws", "aws", "import", "curl"]);
  });
});

describe("the stack", () => {
  it("points out a subscription that can never hear anything, once", async () => {
    await listen(gateway, ["audit-1"]);
    await listen(gateway, ["audit-1"]);
    await listen(gateway, ["presence-audit-1"]);
    expect([await hints.take(), await hints.take()]).toMatchObject([
      { code: "channel_hears_nothing", detail: expect.stringContaining("private-audit-1") },
      { code: "presence_hears_no_events", detail: expect.stringContaining("private-audit-1") },
    ]);
  });

  it("explains a denied subscription", async () => {
    const body = new URLSearchParams({ socket_id: "1.2", channel_name: "private-audits-1" });
    expect((await fetch(`${gateway.apiUrl}/auth`, { method: "POST", body })).status).toBe(403);
    expect(await hints.take()).toMatchObject({
      code: "subscription_denied",
      detail: expect.stringContaining("private-audits-1 is denied (channel_not_allowed)"),
    });
  });
});
