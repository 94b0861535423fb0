import { type PusherServer, startPusherServer } from "../../../packages/pusher-server/src/index.ts";
import { logsOf, queryFaults } from "../insights/checks.ts";
import { type ScenarioFunction, scenariosFor } from "../insights/scenarios.ts";
import { STAGES } from "../stages.ts";
import type { CliRun } from "../synth/synthesize.ts";
import { invokeUnderRic } from "./invoke.ts";
import { ricTarget } from "./target.ts";

/** No API runs here. The synthesis has the format of its lines. */
const ACCESS_LINE = JSON.stringify({
  status: "503",
  routeKey: "ANY /test",
  responseLatency: "31",
  integrationRequestId: "-",
});

/** Runs the saved queries over the lines that the functions write under AWS's own client. Prints the faults. */
export async function checkQueries(run: CliRun, entry: string): Promise<boolean> {
  const servers: PusherServer[] = [];
  const written: Record<ScenarioFunction, string[]> = { Relay: [], Auth: [], TestEvent: [] };
  try {
    const scenarios = await scenariosFor(async (status) => {
      const server = await startPusherServer({
        apps: [{ appId: "1000", key: STAGES.ci.env.PUSHER_KEY, secret: STAGES.ci.secrets.PusherSecret }],
        faults: status === undefined ? [] : [{ effect: { kind: "answer", status } }],
      });
      servers.push(server);
      return { PUSHER_HOST: server.host, PUSHER_PORT: String(server.port), PUSHER_SCHEME: "http" };
    });
    for (const { function: logical, env, event, throws = false } of scenarios) {
      const target = ricTarget(run, entry, logical);
      const onLine = (line: string): void => void written[logical].push(line);
      await invokeUnderRic({ ...target, env: { ...target.env, ...env }, onLine }, event).catch((error: unknown) => {
        if (!throws) throw error;
      });
    }
  } finally {
    for (const server of servers) await server.close();
  }
  const faults = queryFaults(logsOf(written, [ACCESS_LINE]));
  for (const fault of faults) console.error(fault);
  return faults.length === 0;
}
