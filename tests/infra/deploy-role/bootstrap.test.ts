import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { PROJECT_ROOT } from "../synth/synthesize.ts";
import { ACCOUNT } from "./evaluate.ts";

const SCRIPT = join(PROJECT_ROOT, "infra/deploy-role/bootstrap.sh");
const REPOSITORY = ["--repository", "acme/realtime"];

/** Stands in for the AWS CLI: logs each command with its documents, and fails for what the account does not have. */
const AWS = `#!/bin/sh
echo "$*" >>"$AWS_LOG"
for argument; do
  case $argument in file://*) cat "\${argument#file://}" >>"$AWS_LOG.documents" ;; esac
done
case $2 in
  get-caller-identity) echo ${ACCOUNT} ;;
  list-policy-versions) echo "\${AWS_VERSIONS-}" ;;
  get-*) [ -n "\${AWS_HAS_ALL-}" ] ;;
esac
`;

function bootstrap(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "bootstrap-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "aws"), AWS, { mode: 0o755 });
  const log = join(folder, "log");
  for (const file of [log, `${log}.documents`]) writeFileSync(file, "");
  const { status, stdout, stderr } = spawnSync("/bin/sh", [SCRIPT, ...args], {
    env: { PATH: [folder, "/usr/bin", "/bin"].join(delimiter), AWS_LOG: log, ...env },
    encoding: "utf8",
  });
  const commands = readFileSync(log, "utf8").trimEnd().split("\n").filter(Boolean);
  /** The commands that change something: `iam create-role`. */
  const changes = commands
    .map((command) => command.split(" ").slice(0, 2).join(" "))
    .filter((command) => !/ (?:get|list)-/.test(command));
  return { status, stdout, stderr, commands, changes, documents: readFileSync(`${log}.documents`, "utf8") };
}

describe("the bootstrap script", () => {
  it("creates the provider, the boundary and the role in a new account", () => {
    const { status, stderr, changes, documents, stdout } = bootstrap(REPOSITORY);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(changes).toEqual([
      "iam create-open-id-connect-provider",
      "iam create-policy",
      "iam create-role",
      "iam put-role-policy",
    ]);
    expect(documents).toContain(
      '"token.actions.githubusercontent.com:sub": "repo:acme/realtime:environment:production"',
    );
    expect(documents).not.toMatch(/ACCOUNT|REPOSITORY|HOSTED_ZONE|WEBHOOK_QUEUE/);
    expect(stdout).toContain(`AWS_ROLE_ARN=arn:aws:iam::${ACCOUNT}:role/deploy-realtime-gateway`);
    expect(stdout).toContain(`GATEWAY_PERMISSIONS_BOUNDARY=arn:aws:iam::${ACCOUNT}:policy/boundary-realtime-gateway`);
    expect(stdout).toContain("-f name='v*' -f type=tag");
  });

  it("updates what is there, and deletes the oldest of five versions", () => {
    const { status, changes, commands } = bootstrap(REPOSITORY, { AWS_HAS_ALL: "1", AWS_VERSIONS: "v6 v5 v4 v3" });
    expect(status).toBe(0);
    expect(changes).toEqual([
      "iam delete-policy-version",
      "iam create-policy-version",
      "iam update-assume-role-policy",
      "iam put-role-policy",
    ]);
    expect(commands).toContainEqual(expect.stringContaining("--version-id v3"));
    expect(bootstrap(REPOSITORY, { AWS_HAS_ALL: "1", AWS_VERSIONS: "v3" }).changes).not.toContain(
      "iam delete-policy-version",
    );
  });

  it("allows the zone, the webhook queue and the front that it is given", () => {
    const queue = "arn:aws:sqs:eu-west-1:210987654321:presence.fifo";
    const { documents, changes } = bootstrap([
      ...REPOSITORY,
      "--webhook-queue",
      queue,
      "--hosted-zone",
      "Z012ABC",
      "--rest-api",
    ]);
    expect(documents).toContain(queue);
    expect(documents).toContain("hostedzone/Z012ABC");
    expect(changes.filter((command) => command === "iam put-role-policy")).toHaveLength(3);
  });

  it("changes nothing in a dry run, and needs no AWS CLI with --account", () => {
    const { status, stdout, commands } = bootstrap([...REPOSITORY, "--dry-run", "--account", ACCOUNT]);
    expect(status).toBe(0);
    expect(commands).toEqual([]);
    expect(stdout).toContain("would run: aws iam create-role --role-name deploy-realtime-gateway");
    expect(stdout).toContain(`arn:aws:iam::${ACCOUNT}:role/realtime-gateway-*`);
  });

  it("explains itself with --help", () => {
    const { status, stdout, commands } = bootstrap(["--help"]);
    expect({ status, commands }).toEqual({ status: 0, commands: [] });
    for (const option of ["--repository", "--webhook-queue", "--rest-api", "--hosted-zone", "--dry-run", "--account"])
      expect(stdout).toContain(`  ${option}`);
  });

  it.each([
    [[], "--repository is missing"],
    [["--repository"], "--repository needs a value"],
    [["--repository", "realtime"], "--repository must be OWNER/NAME"],
    [["--repository", "a/b:ref:*"], "--repository must be OWNER/NAME"],
    [["--repository", "a/b/c"], "--repository must be OWNER/NAME"],
    [[...REPOSITORY, "--hosted-zone", "*"], "--hosted-zone must be an id"],
    [[...REPOSITORY, "--webhook-queue", "https://sqs/q"], "--webhook-queue must be the ARN"],
    [[...REPOSITORY, "--account", ACCOUNT], "--account is for --dry-run only"],
    [["--force"], "--force is no option"],
  ])("stops with %j and names the help", (args, reason) => {
    const { status, stderr, commands } = bootstrap(args);
    expect({ status, commands }).toEqual({ status: 2, commands: [] });
    expect(stderr).toContain(reason);
    expect(stderr).toContain("bootstrap.sh --help");
  });
});
