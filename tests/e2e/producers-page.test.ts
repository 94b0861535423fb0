import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  environmentOf,
  type InstalledProgram,
  installedAwsCli,
  installedBash,
  installedBoto3,
  installedCurl,
  installedWget,
  runSnippet,
} from "../support/aws-clients.ts";
import { blocksOf, type DocBlock } from "../support/doc-blocks.ts";
import { createDocProject, type DocProject } from "../support/doc-project.ts";
import { isMarked } from "../support/doc-proofs.ts";
import { listen, startGateway, type TestGateway } from "../support/stack.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

const blocks = blocksOf("docs/producers.md");
const MAX_VERSION_CHARACTERS = 20;

let gateway: TestGateway;
let project: DocProject;
beforeAll(async () => {
  gateway = await startGateway();
  const files = blocks.filter(({ language }) => language === "ts");
  project = await createDocProject(files.map(({ file = "", text }) => ({ file: basename(file), text })));
});
afterAll(async () => {
  await project.remove();
  await gateway.stop();
});

const progress = { event: "audit.progress", channel: "private-audit-42" };
const data = { audit_id: "42", completed_steps: 3, total_steps: 5, failed_steps: 0, current_phase: "analysis" };

/** The variables that `npm start` prints, and nothing that reaches AWS. */
const variablesOf = ({ queue }: TestGateway): Record<string, string> => ({
  ...environmentOf(queue),
  AWS_ENDPOINT_URL_SQS: queue.endpoint,
  AWS_REGION: queue.region,
  DOMAIN_EVENTS_QUEUE_URL: queue.queueUrl,
});

interface Snippet {
  readonly title: string;
  readonly language: "sh" | "bash" | "python";
  readonly source: string;
  readonly program: string;
}

/** Each block that sends, once for each installed program that it is for. */
async function snippets(): Promise<readonly Snippet[]> {
  const [boto3, awsCli, curl, wget, bash] = await Promise.all([
    installedBoto3(),
    installedAwsCli(),
    installedCurl(),
    installedWget(),
    installedBash(),
  ]);
  const programsOf = ({ language, text }: DocBlock): readonly InstalledProgram[] => {
    if (language === "python") return boto3;
    if (language === "bash") return bash;
    if (text.startsWith("curl ")) return curl;
    if (text.startsWith("wget ")) return wget;
    return text.includes("--endpoint-url") ? awsCli : awsCli.filter(readsEndpointVariable);
  };
  return sending.flatMap((block) => programsOf(block).map((program) => snippetOf(block, program)));
}

const sending = blocks.filter(
  (block) => /^(?:sh|bash|python)$/.test(block.language) && !isMarked(block) && !block.text.startsWith("npx "),
);

const snippetOf = ({ above, language, text: source }: DocBlock, { path, version }: InstalledProgram): Snippet => ({
  title: `${above} ${version.slice(0, MAX_VERSION_CHARACTERS)}`,
  language: language === "python" || language === "bash" ? language : "sh",
  source,
  program: path,
});

/** From 2.13 on, AWS CLI v2 reads `AWS_ENDPOINT_URL_SQS`. v1 sends to its own endpoint of SQS in every version. */
function readsEndpointVariable({ version }: InstalledProgram): boolean {
  const [, major, minor] = /aws-cli\/(\d+)\.(\d+)/.exec(version) ?? [];
  return major === "2" && Number(minor) >= 13;
}

const all = await snippets();
const needsFifo = ({ source }: Snippet): boolean => source.includes("--message-deduplication-id");
const missing = ["aws", "bash", "curl", "python3", "wget"].filter(
  (name) => !all.some(({ program }) => program.endsWith(`/${name}`)),
);
if (missing.length > 0)
  console.warn(`SKIPPED: lines of docs/producers.md, as this machine lacks ${missing.join(", ")}`);

async function run({ language, source, program }: Snippet, target: TestGateway): Promise<void> {
  const { host, port } = new URL(target.http.url);
  const local = source.replaceAll("127.0.0.1:3000", host).replaceAll("127.0.0.1/3000", `127.0.0.1/${port}`);
  await runSnippet(language, local, variablesOf(target), program);
}

describe("a line of docs/producers.md", { timeout: 240_000 }, () => {
  it.each(all.filter((one) => !needsFifo(one)))("reaches a browser: $title", async (snippet) => {
    const listener = await listen(gateway, ["private-audit-42", "private-global"]);
    await run(snippet, gateway);
    const notification = { event: "notification", data: { message: "Audit 42 has started" } };
    expect(await listener.next()).toMatchObject(
      snippet.source.includes("audit.progress") ? { ...progress, data } : notification,
    );
  });

  it.each(all.filter(needsFifo))("reaches a browser through a FIFO queue: $title", async (snippet) => {
    const fifo = await startGateway({}, { queue: { fifo: true } });
    onTestFinished(() => fifo.stop());
    const listener = await listen(fifo, ["private-audit-42"]);
    await run(snippet, fifo);
    expect(await listener.next()).toMatchObject({ ...progress, data });
  });

  it("exists for boto3, the AWS CLI, curl, wget and bash", () => {
    const commands = sending.map(({ text }) => /^\w+/.exec(text)?.[0]);
    expect(commands).toEqual(["import", "aws", "aws", "curl", "wget", "event", "curl", "aws"]);
  });
});

const jsonOf = (file: string) => JSON.parse(blocks.find((block) => block.file === file)?.text ?? "null");

async function arrives(message: unknown): Promise<void> {
  const listener = await listen(gateway, ["private-audit-42"]);
  await gateway.send(JSON.stringify(message));
  expect(await listener.next()).toEqual({ ...progress, data });
}

describe("EventBridge, as docs/producers.md shows it", () => {
  const delivered = jsonOf("delivered-by-the-rule.json");

  it("wraps the entry of PutEvents in the envelope of a rule", () => {
    const [entry, ...others] = jsonOf("entries.json");
    expect(others).toEqual([]);
    expect(delivered).toMatchObject({
      "detail-type": entry.DetailType,
      source: entry.Source,
      detail: JSON.parse(entry.Detail),
    });
  });

  it("reaches a browser through a rule", () => arrives(delivered));
});

describe("SNS, as docs/producers.md shows it", () => {
  it("reaches a browser through a subscription with raw message delivery", () => arrives(jsonOf("event.json")));

  it("reaches a browser through a subscription without it, with the same event", async () => {
    const delivered = jsonOf("delivered-by-the-topic.json");
    expect(JSON.parse(delivered.Message)).toEqual(jsonOf("event.json"));
    // Another id: the gateway has published this event.
    await arrives({ ...delivered, Message: delivered.Message.replace("evt-1", "evt-2") });
  });
});

describe("the TypeScript of docs/producers.md", () => {
  const start = async (file: string, cwd: string) => {
    const program = fileURLToPath(await project.bundle(file));
    const child = execFile(process.execPath, [program], { cwd, env: variablesOf(gateway) });
    onTestFinished(() => void child.kill("SIGKILL"));
    return child;
  };

  it("passes the compiler's strict mode", async () => {
    expect(await project.compile()).toBe("");
  });

  it("reaches a browser from the producer", async () => {
    const listener = await listen(gateway, ["private-audit-42"]);
    await start("node.ts", ".");
    expect(await listener.next()).toEqual({ ...progress, data });
  });

  it("shows the files of examples/outbox as they are", () => {
    const shown = blocks.filter(({ file = "" }) => file.startsWith("examples/"));
    expect(shown.map(({ file }) => file)).toEqual(["examples/outbox/outbox.sql", "examples/outbox/outbox.ts"]);
    for (const { file, text } of shown)
      expect(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")).toBe(text);
  });

  it("reaches a browser from an outbox, which is empty then", async () => {
    const { path, remove } = await createTemporaryFolder("outbox");
    onTestFinished(remove);
    const database = new DatabaseSync(join(path, "audits.db"));
    onTestFinished(() => database.close());
    database.exec("CREATE TABLE audits (id TEXT, completed_steps INTEGER); INSERT INTO audits VALUES ('42', 2)");
    database.exec(blocks.find(({ language }) => language === "sql")?.text ?? "");
    const listener = await listen(gateway, ["private-audit-42"]);
    const service = await start("service.ts", path);
    expect(await listener.next()).toEqual({ ...progress, data });
    await expect.poll(() => database.prepare("SELECT * FROM outbox").all()).toEqual([]);
    expect(database.prepare("SELECT completed_steps FROM audits").get()).toEqual({ completed_steps: 3 });
    service.kill("SIGTERM");
    expect(await once(service, "exit")).toEqual([0, null]);
  });
});

it("no line of docs/producers.md sends what the relay warns of", () => {
  expect(gateway.logs).toContainEqual(expect.stringContaining('"level":"INFO"'));
  expect(gateway.logs.filter((line) => line.includes('"level":"WARN"'))).toEqual([]);
});
