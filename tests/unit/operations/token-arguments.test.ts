import { describe, expect, it } from "vitest";
import { parseTokenArguments } from "../../../packages/operations/src/cli/token-arguments.ts";

describe("the command line of token", () => {
  it.each<[string[], object]>([
    [["e.y.j"], { token: "e.y.j", channel: undefined, json: false }],
    [["-", "--channel", "private-audit-1", "--json"], { token: "-", channel: "private-audit-1", json: true }],
    [["Bearer", "e.y.j"], { token: "e.y.j" }],
  ])("%j names a token", (argv, expected) => {
    expect(parseTokenArguments(argv)).toMatchObject({ kind: "run", options: expected });
  });

  it.each(["--help", "-h"])("asks for help with %s", (flag) => {
    expect(parseTokenArguments([flag])).toEqual({ kind: "help" });
  });

  it("names every mistake, without an argument that could be a token", () => {
    const parsed = parseTokenArguments(["s3cr3t.a", "s3cr3t.b", "--bogus", "--channel"]);
    expect(parsed).toEqual({
      kind: "invalid",
      complaints: ["give one token only", "unknown flag --bogus", "--channel needs a value"],
    });
    expect(parseTokenArguments([])).toMatchObject({ complaints: [expect.stringContaining("give the token")] });
  });
});
