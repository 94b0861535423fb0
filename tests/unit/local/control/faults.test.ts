import { parseFault } from "@realtime-gateway/pusher-server";
import { describe, expect, it } from "vitest";
import { createFaults } from "../../../../packages/local/src/control/faults.ts";
import type { AnyStackFault } from "../../../../packages/local/src/control/types.ts";

function setUp() {
  const added: unknown[] = [];
  let kills = 0;
  const faults = createFaults({
    pusher: { add: (fault) => void added.push(parseFault(fault)), list: () => [], clear: () => undefined },
    async killRelay() {
      kills += 1;
    },
  });
  return { faults, added, kills: () => kills };
}

/** As JavaScript passes it, where no compiler reads it. */
const unchecked = (fault: object): AnyStackFault => Object(fault);

describe("a fault of the stack", () => {
  it.each<AnyStackFault>([
    { part: "pusher", status: 503, times: 3 },
    { status: 503, times: 3 },
    { effect: { kind: "answer", status: 503 }, when: { times: 3 } },
  ])("is one of Pusher in each of its forms, such as %j", (fault) => {
    const { faults, added } = setUp();
    faults.add(fault);
    const long = { effect: { kind: "answer", status: 503 }, when: { times: 3 } };
    expect(added).toEqual([long]);
    expect(faults.list()).toEqual([{ part: "pusher", ...long }]);
  });

  it.each([
    [{ part: "relay" }, /^Invalid fault: kill: .*number/],
    [{ part: "relay", kill: -1 }, /^Invalid fault: kill: /],
    [{ part: "relay", kill: 0, twice: true }, /^Invalid fault: kill: .*; .*twice/],
    [{ part: "queue", delayMs: Number.POSITIVE_INFINITY }, /^Invalid fault: delayMs: /],
    [{ part: "moon" }, "Invalid fault: part: it must be pusher, relay or queue"],
    [{ part: "pusher", status: 1 }, "Invalid fault: fault.status must be a status from 200 to 599, not 1"],
    [{ state: 503, times: 1 }, /^Invalid fault: fault\.state is unknown/],
    [{ kill: 1 }, 'Invalid fault: kill needs part: "relay"'],
  ])("is an error that names the mistakes: %j", async (fault, expected) => {
    const { faults, added, kills } = setUp();
    expect(() => faults.add(unchecked(fault))).toThrow(expected);
    expect(await faults.invoke(async () => "done")).toBe("done");
    expect([added, faults.list(), kills()]).toEqual([[], [], 0]);
  });
});
