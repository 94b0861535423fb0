import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const EVENTS = 10_000;
const PAYLOAD_BYTES = 20_000;
/** A quarter of all payloads. V8 ends a process that needs more. */
const HEAP_MB = 50;

const SCRIPT = `
  import { createProducer } from "@realtime-gateway/producer";
  const client = { send: async ({ input }) => ({ Successful: input.Entries.map(({ Id }) => ({ Id, MessageId: Id })) }) };
  const realtime = createProducer({ queueUrl: "http://127.0.0.1/1/q", source: "/test", client });
  function* events() {
    for (let index = 0; index < ${EVENTS}; index += 1)
      yield ["notification", { type: "info", message: String(index).padEnd(${PAYLOAD_BYTES}, "é") }];
  }
  const { sent } = await realtime.sendMany(events());
  console.log(sent.length);
`;

it("sends 10,000 events of 20 KB in a heap that a quarter of them would fill", async () => {
  const args = [`--max-old-space-size=${HEAP_MB}`, "--input-type=module", "--eval", SCRIPT];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT });
  expect(stdout.trim()).toBe(String(EVENTS));
});
