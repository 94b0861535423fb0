import { describe, expect, it } from "vitest";
import { MUTANTS_HELP, parseMutantsArguments } from "../../../../tools/soak/mutants/arguments.ts";
import { loadOverlaidRelay } from "../../../../tools/soak/mutants/overlaid-relay.ts";
import { mutantsTable } from "../../../../tools/soak/mutants/report.ts";

describe("the arguments of the mutants", () => {
  it("default to 10,000 events and three seeds", () => {
    const options = { messages: 10_000, seeds: [1, 2, 3] };
    expect(parseMutantsArguments([])).toEqual({ kind: "mutants", only: undefined, options });
  });

  it("choose mutants, events and seeds", () => {
    const argv = ["--only", "pause", "--events", "500", "--seeds", "7,8"];
    const options = { messages: 500, seeds: [7, 8] };
    expect(parseMutantsArguments(argv)).toEqual({ kind: "mutants", only: "pause", options });
  });

  it.each([[["--events", "0"]], [["--seeds", "1,"]], [["--seeds", "a"]], [["--fast"]]])(
    "reject %j with a complaint",
    (argv) => {
      expect(parseMutantsArguments(argv)).toEqual({ kind: "invalid", complaint: expect.stringMatching(/\S/) });
    },
  );

  it("are explained on demand", () => {
    expect(parseMutantsArguments(["-h"])).toEqual({ kind: "help" });
    for (const flag of ["--events", "--seeds", "--only", "--help"]) expect(MUTANTS_HELP).toContain(flag);
  });
});

describe("the table of the mutants", () => {
  it("names a mutant that a seed missed", () => {
    const counts = [new Map([["L1", 3]] as const), new Map<"L1", number>()];
    const table = mutantsTable([{ name: "loses events", counts, passed: false }], { messages: 10, seeds: [1, 2] });
    expect(table).toContain("FAILED: loses events.");
    expect(table).toMatch(/loses events +L1 3 +no violation +FAILED/);
  });
});

describe("an overlaid relay", () => {
  it("is an error if the relay does not import the module", async () => {
    const overlay = { module: "functions/relay/gone.ts", by: "tools/soak/mutants/overlays/settle-replaced.ts" };
    await expect(loadOverlaidRelay(overlay)).rejects.toThrow("the relay imports no functions/relay/gone.ts");
  });
});
