import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { FUNCTION_NAMES } from "../../functions/manifest.ts";
import { logicalName } from "../../infra/settings/logical-name.ts";
import { type BridgeStandIns, startBridgeStandIns } from "./bridge-stand-ins.ts";
import { deployed, functionOf } from "./deployed.ts";
import { APPSYNC } from "./synth/aws-stand-in.ts";
import { PROJECT_ROOT } from "./synth/synthesize.ts";

/** SST uploads this file in the place of each function. */
const BRIDGE = join(PROJECT_ROOT, ".sst/platform/dist/bridge/bootstrap");
const RUNS_HERE = process.platform === "linux" && process.arch === "x64";
/** Its last 32 characters name the instance. */
const LOG_STREAM = `2026/03/02/[$LATEST]${"0123456789abcdef".repeat(2)}`;

/** Starts the bridge as Lambda does; resolves with its exit code. */
async function startBridge(variables: Readonly<Record<string, string>>, to: BridgeStandIns) {
  const folder = await mkdtemp(join(tmpdir(), "bridge-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const program = join(folder, "bootstrap");
  await copyFile(BRIDGE, program);
  await chmod(program, 0o755);
  const certificates = join(folder, "certificates.pem");
  await writeFile(certificates, to.certificate);
  const child = spawn(program, [], {
    env: {
      ...variables,
      AWS_LAMBDA_RUNTIME_API: to.runtimeApi,
      AWS_LAMBDA_LOG_STREAM_NAME: LOG_STREAM,
      AWS_ACCESS_KEY_ID: "stand-in",
      AWS_SECRET_ACCESS_KEY: "stand-in",
      SSL_CERT_FILE: certificates,
    },
    stdio: "ignore",
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return once(child, "exit").then(([code]) => `exit ${code}`);
}

/** The synthesized variables; where they have an address of AppSync, that of the stand-in. */
const variablesOf = (logical: string, { appSync }: BridgeStandIns): Record<string, string> =>
  Object.fromEntries(
    Object.entries(functionOf(deployed("dev"), logical).environment.variables).map(([name, value]) => [
      name,
      Object.values(APPSYNC).includes(value) ? appSync : value,
    ]),
  );

describe.runIf(RUNS_HERE)("SST's bridge", () => {
  it.each(FUNCTION_NAMES.map(logicalName))(
    "announces %s to the developer's machine and asks for invocations",
    async (logical) => {
      const standIns = await startBridgeStandIns();
      const exited = startBridge(variablesOf(logical, standIns), standIns);
      const events = await Promise.race([standIns.announced, exited]);
      const { channel, events: [first = ""] = [] }: { channel?: string; events?: readonly string[] } = Object(events);
      expect(channel).toBe("/sst/realtime-gateway/ana/in");
      const { data } = JSON.parse(first);
      expect(JSON.parse(Buffer.from(data, "base64").toString())).toMatchObject({ functionID: logical });
      expect(await Promise.race([standIns.asked, exited])).toBeUndefined();
    },
  );

  it("exits without SST's variables, which a deployed function does not have", async () => {
    const standIns = await startBridgeStandIns();
    const { variables } = functionOf(deployed("ci"), "Relay").environment;
    expect(await startBridge(variables, standIns)).toBe("exit 0");
  });
});
