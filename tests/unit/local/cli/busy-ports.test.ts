import { createServer } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { portsError } from "../../../../packages/local/src/cli/busy-ports.ts";
import { closeServer, listen } from "../../../../packages/local/src/loopback/server.ts";

async function busyPort(): Promise<number> {
  const server = createServer();
  onTestFinished(() => closeServer(server));
  return await listen(server, 0);
}

describe("npm start before it opens its ports", () => {
  it("names every busy port with its flag", async () => {
    const [httpPort, pusherPort] = [await busyPort(), await busyPort()];

    const error = await portsError({ httpPort, sqsPort: 0, pusherPort, pusher: "local" });

    expect(error?.message).toBe(
      `the ports ${httpPort} (--http-port) and ${pusherPort} (--pusher-port) are already in use, perhaps by another npm start; ` +
        "choose others, all at once with --port-base N",
    );
  });

  it("names the flag of a single busy port", async () => {
    const sqsPort = await busyPort();

    const error = await portsError({ httpPort: 0, sqsPort, pusherPort: 0, pusher: "local" });

    expect(error?.message).toBe(`port ${sqsPort} is already in use; choose another one with --sqs-port`);
  });

  it("ignores the port of a Pusher server that it does not start", async () => {
    const pusherPort = await busyPort();
    expect(await portsError({ httpPort: 0, sqsPort: 0, pusherPort, pusher: "own" })).toBeUndefined();
  });
});
