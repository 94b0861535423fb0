import { createServer } from "node:http";
import { StartError } from "@realtime-gateway/command-line";
import { closeServer, listen } from "../loopback/server.ts";
import type { StartOptions } from "./start-arguments.ts";

type Ports = Pick<StartOptions, "httpPort" | "sqsPort" | "pusherPort" | "pusher">;

interface WantedPort {
  readonly flag: string;
  readonly port: number;
}

/** The error that names every port that this start needs and cannot have, or `undefined`. */
export async function portsError(ports: Ports): Promise<Error | undefined> {
  const wanted = wantedPorts(ports);
  const failures = (await Promise.all(wanted.map(failureOf))).filter((failure) => failure !== undefined);
  const [first, ...others] = failures;
  if (first === undefined) return undefined;
  if (others.length === 0) return first.error;
  const list = failures.map(({ flag, port }) => `${port} (${flag})`);
  return new Error(
    `the ports ${list.slice(0, -1).join(", ")} and ${list.at(-1)} are already in use, perhaps by another npm start; ` +
      "choose others, all at once with --port-base N",
  );
}

function wantedPorts({ httpPort, sqsPort, pusherPort, pusher }: Ports): readonly WantedPort[] {
  return [
    { flag: "--http-port", port: httpPort },
    { flag: "--sqs-port", port: sqsPort },
    ...(pusher === "local" ? [{ flag: "--pusher-port", port: pusherPort }] : []),
  ].filter(({ port }) => port !== 0);
}

async function failureOf({ flag, port }: WantedPort): Promise<(WantedPort & { readonly error: Error }) | undefined> {
  const server = createServer();
  try {
    await listen(server, port);
    await closeServer(server);
    return undefined;
  } catch (cause) {
    return { flag, port, error: new StartError(flag, port, cause) };
  }
}
