import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { type Account, accountFaults, type CheckedSettings } from "../../infra/settings/account-faults.ts";
import { batchFaults, largestBatch } from "../../infra/settings/batch-limit.ts";
import { regionFault } from "../../infra/settings/region.ts";
import { startCli } from "../support/cli-process.ts";
import { deployed } from "./deployed.ts";
import { PROJECT_ROOT } from "./synth/synthesize.ts";
import { STAGE_RUNS } from "./synthesized.ts";

const STACK_ONLY = ["pulumi:pulumi:Stack"];
const none = () => {
  throw new Error("ENOENT");
};

describe("a region", () => {
  const NO_REGION = /^No AWS region is set.+Set AWS_REGION to the region of the stage, such as: export AWS_REGION=/;

  it.each([{ AWS_REGION: "eu-west-1" }, { AWS_DEFAULT_REGION: "us-east-1" }])("may be the variable %o", (env) =>
    expect(regionFault(env, none)).toBeUndefined(),
  );

  it.each([
    [{}, "[default]\nregion = us-east-1\n"],
    [{ AWS_PROFILE: "ana" }, "[default]\n[profile ana]\n# mine\nregion=eu-west-1"],
    [{ AWS_PROFILE: "ana" }, "[ ana ]\r\nregion = eu-west-1\r\n"],
  ])("may be in the AWS profile of %o", (env, text) => expect(regionFault(env, () => text)).toBeUndefined());

  it.each([
    [{}, ""],
    [{ AWS_REGION: "" }, "[profile ana]\nregion = eu-west-1"],
    [{ AWS_PROFILE: "ana" }, "[default]\nregion = eu-west-1\n[profile ana]\noutput = json\nregion ="],
    [{}, "[default]\nsso_region = eu-west-1\n#region = eu-west-1"],
  ])("is missing with %o and the profiles %j", (env, text) => expect(regionFault(env, () => text)).toMatch(NO_REGION));

  it("is required by the real command line, before SST creates its own buckets", () => {
    const { exitCode, output, synthesis, actions } = STAGE_RUNS.homeless;
    expect(exitCode).not.toBe(0);
    expect(output).toContain("No AWS region is set");
    expect(synthesis).toBeUndefined();
    expect(actions).toEqual([]);
  });

  it("is required by npm run deploy, which prints the sentence", async () => {
    const { scripts } = JSON.parse(await readFile(join(PROJECT_ROOT, "package.json"), "utf8"));
    const [check, deploy] = scripts.deploy.split(" && ").slice(-2);
    expect(deploy).toBe("sst deploy");
    const { exitCode, stderr } = await startCli(check.replace("node ", ""), [], { HOME: "/nowhere" }).result;
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(NO_REGION) });
  });
});

describe("a batch", () => {
  it("may be as large as the relay carries in its time, and no larger", () => {
    expect(largestBatch(30)).toBe(1_000);
    expect(batchFaults(1_000, 30)).toEqual([]);
    expect(batchFaults(1_001, 30)).toEqual([
      "GATEWAY_BATCH_SIZE=1001 is more than the relay carries in its 30 s if all events of a batch are for one audit. Lower GATEWAY_BATCH_SIZE to 1000 or less",
    ]);
  });
});

describe("the account", () => {
  const callerArn = "arn:aws:iam::123456789012:user/ana";
  const deployRole = "arn:aws:sts::123456789012:assumed-role/deploy-realtime-gateway/GitHubActions";
  const [standard, fifo] = ["https://sqs/1/orders", "https://sqs/1/orders.fifo"];

  const check = (settings: Partial<CheckedSettings>, account: Partial<Account>) =>
    accountFaults(
      { fifo: false, maxConcurrency: 10, pollers: undefined, permissionsBoundary: undefined, ...settings },
      { queueUrls: [], concurrency: 1_000, callerArn, ...account },
    );

  it.each<readonly [Partial<CheckedSettings>, Partial<Account>]>([
    [{}, { concurrency: 15 }],
    [{}, { queueUrls: [standard] }],
    [
      { fifo: true, maxConcurrency: 2 },
      { queueUrls: [fifo], concurrency: 10 },
    ],
    [{ permissionsBoundary: "arn" }, { callerArn: deployRole }],
    [{}, { queueUrls: undefined, concurrency: undefined, callerArn: undefined }],
  ])("carries %o in %o", (settings, account) => expect(check(settings, account)).toEqual([]));

  it("keeps five concurrent executions for the HTTP functions", () => {
    expect(check({ maxConcurrency: 6 }, { concurrency: 10 })).toEqual([
      'GATEWAY_MAX_CONCURRENCY=6 leaves the HTTP functions fewer than 5 of the account\'s 10 concurrent Lambda executions. Set GATEWAY_MAX_CONCURRENCY to 5 or less, or raise the quota "Concurrent executions" of Lambda (L-B99A9384) in Service Quotas',
    ]);
    expect(check({ maxConcurrency: 5 }, { concurrency: 10 })).toEqual([]);
    expect(check({ maxConcurrency: 2 }, { concurrency: 5 }).join()).toContain("executions. Raise the quota");
  });

  it("counts ten relays for each poller, and names the variable of the pollers", () => {
    const pollers = (max: number) => ({ maxConcurrency: max * 10, pollers: { min: 2, max } });
    expect(check(pollers(99), {})).toEqual([]);
    expect(check(pollers(100), {}).join()).toContain("GATEWAY_MAX_POLLERS=100 leaves the HTTP functions fewer");
    expect(check(pollers(100), {}).join()).toContain("Set GATEWAY_MAX_POLLERS to 99 or less");
  });

  it.each([
    [true, standard, "GATEWAY_FIFO=1 would replace the stage's queue orders, to which", "Set GATEWAY_FIFO=0, or"],
    [false, fifo, "GATEWAY_FIFO=0 would replace the stage's queue orders.fifo, to which", "Set GATEWAY_FIFO=1, or"],
  ])("keeps its queue when GATEWAY_FIFO changes to %s", (wanted, url, what, advice) => {
    const [fault = "", ...more] = check({ fifo: wanted }, { queueUrls: [url] });
    expect(more).toEqual([]);
    expect(fault).toContain(what);
    expect(fault).toContain(advice);
  });

  it("needs a boundary for the deploy role", () => {
    expect(check({}, { callerArn: deployRole })).toEqual([
      "the role deploy-realtime-gateway creates only roles with a boundary. Set GATEWAY_PERMISSIONS_BOUNDARY=arn:aws:iam::123456789012:policy/boundary-realtime-gateway",
    ]);
  });

  it("is compared by the real command line before it creates anything", () => {
    const { exitCode, output, synthesis } = STAGE_RUNS.changed;
    expect(exitCode).not.toBe(0);
    expect(synthesis?.resources.map(({ type }) => type)).toEqual(STACK_ONLY);
    for (const fault of [
      "Stage changed is not deployed; nothing has been changed:",
      "- GATEWAY_FIFO=1 would replace the stage's queue realtime-gateway-changed-DomainEventsQueue-abcdefgh",
      "- the role deploy-realtime-gateway creates only roles with a boundary. Set GATEWAY_PERMISSIONS_BOUNDARY=",
      "- GATEWAY_MAX_CONCURRENCY=10 leaves the HTTP functions fewer than 5 of the account's 10",
    ])
      expect(output).toContain(fault);
  });

  it("is not compared if the deployer may not read it", () => {
    expect(deployed("patient").synthesis.errors).toEqual([]);
  });
});

it("the plugin of SST's bundler loads in a Node that cannot load TypeScript", async () => {
  const plugins = join(PROJECT_ROOT, "infra/bundle-plugins.mjs");
  const script = `const { default: [plugin] } = await import(${JSON.stringify(plugins)}); console.log(plugin.name);`;
  const flags = ["--no-experimental-strip-types", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { env: {} });
  expect(stdout).toBe("resolve-aliases\n");
});
