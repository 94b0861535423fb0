import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { SQSClient } from "@aws-sdk/client-sqs";
import { StartError } from "@realtime-gateway/command-line";
import { startStack } from "@realtime-gateway/local";
import { createProducer } from "@realtime-gateway/producer";
import { createApi } from "./api.ts";
import { notify, runAudit } from "./audit-run.ts";
import { createColleagues } from "./colleagues.ts";
import type { ExamplePorts } from "./example-arguments.ts";
import { startPageServer } from "./page-server.ts";
import { createPlatformState } from "./platform-state.ts";
import { startWire } from "./wire.ts";

const LOOPBACK = "127.0.0.1";

export interface ExampleOptions extends ExamplePorts {
  /** Resolves when a running audit may change next. */
  readonly nextChange: () => Promise<void>;
  /** Called with a log line of a function, or an error of a running audit. */
  onLog?(line: string): void;
}

export interface Example {
  readonly url: string;
  /** Sends a notification to every page. */
  notify(message: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the gateway, the platform's REST API and the page. Rejects with a `StartError` if a port is taken. */
export async function startExample({ port, nextChange, onLog, ...ports }: ExampleOptions): Promise<Example> {
  const ends: (() => unknown)[] = [];
  let isStopped = false;
  const stop = async (): Promise<void> => {
    isStopped = true;
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
  };
  try {
    const server = createServer();
    const url = await listen(server, port);
    ends.push(() => close(server));
    const secret = randomBytes(32).toString("hex");
    const env = { REALTIME_AUTH_MODE: "proxy", REALTIME_PROXY_SECRET: secret };
    const stack = await startStack({ ...ports, pusherPort: 0, env, onLog: (_name, line) => onLog?.(line) });
    ends.push(stack.stop);
    const wire = await startWire(ports.pusherPort, stack.pusher.port).catch(failed("--pusher-port", ports.pusherPort));
    ends.push(wire.stop);

    const { endpoint, region, credentials, queueUrl } = stack.queue;
    const client = new SQSClient({ endpoint, region, credentials: { ...credentials } });
    ends.push(() => client.destroy());
    const producer = createProducer({ queueUrl, source: "/audits", client });
    const state = createPlatformState();
    const startAudit = (): string => {
      const id = state.addAudit();
      runAudit(id, { state, producer, nextChange }).catch((error: unknown) => {
        if (!isStopped) onLog?.(String(error));
      });
      return id;
    };

    const gateway = { url: stack.apiUrl, secret };
    const api = createApi({ state, colleagues: createColleagues(), wire, gateway, startAudit });
    const page = await startPageServer(server, { key: stack.pusher.key, host: LOOPBACK, port: wire.port });
    ends.push(page.stop);
    server.on("request", api.use(page.middleware));
    return { url, notify: (message) => notify({ state, producer }, "info", message), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Resolves with the address of the page. */
async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, LOOPBACK);
  await once(server, "listening").catch(failed("--port", port));
  const address = server.address();
  return `http://${LOOPBACK}:${typeof address === "object" ? address?.port : port}`;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Adds the flag that moves the part to another port. */
const failed =
  (flag: string, port: number) =>
  (cause: unknown): never => {
    throw new StartError(flag, port, cause);
  };
