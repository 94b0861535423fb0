import { describe, expect, it } from "vitest";
import { HELP, parseArguments } from "../../../../tools/soak/arguments.ts";

describe("the soak's arguments", () => {
  it("are all optional", () => {
    expect(parseArguments([])).toEqual({
      kind: "soak",
      json: false,
      options: { messages: 10_000, seed: 1, faults: "heavy", fifo: false, limitSeconds: 320 },
    });
  });

  it("set the run", () => {
    const argv = ["--events", "500", "--seed", "9", "--faults", "light", "--fifo", "--json"];
    expect(parseArguments(argv)).toMatchObject({
      json: true,
      options: { messages: 500, seed: 9, faults: "light", fifo: true },
    });
  });

  it.each([
    [["--events", "0"]],
    [["--events", "1e3"]],
    [["--events", "1000001"]],
    [["--seed", "-1"]],
    [["--faults", "some"]],
    [["--fast"]],
    [["10000"]],
  ])("reject %j with a complaint", (argv) => {
    expect(parseArguments(argv)).toEqual({ kind: "invalid", complaint: expect.stringMatching(/\S/) });
  });

  it("are explained on demand", () => {
    expect(parseArguments(["-h"])).toEqual({ kind: "help" });
    for (const flag of ["--events", "--seed", "--faults", "--fifo", "--json", "--help"]) expect(HELP).toContain(flag);
  });
});
