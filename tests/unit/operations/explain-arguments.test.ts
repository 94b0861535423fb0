import { describe, expect, it } from "vitest";
import { parseExplainArguments } from "../../../packages/operations/src/cli/explain-arguments.ts";

const GROUP = ["--log-group", "/aws/lambda/relay"];

describe("the arguments of explain", () => {
  it("are an id and a log group", () => {
    expect(parseExplainArguments(["evt-1", ...GROUP])).toEqual({
      kind: "run",
      options: {
        id: "evt-1",
        logGroup: "/aws/lambda/relay",
        sinceSeconds: 86_400,
        region: undefined,
        endpoint: undefined,
        json: false,
      },
    });
  });

  it.each([
    ["30m", 1_800],
    ["6h", 21_600],
    ["2d", 172_800],
  ])("look back %s", (since, sinceSeconds) => {
    expect(parseExplainArguments(["m1", ...GROUP, "--since", since])).toMatchObject({ options: { sinceSeconds } });
  });

  it.each([
    [[...GROUP], "give the id"],
    [["a", "b", ...GROUP], "give one id only"],
    [["a b", ...GROUP], "it omits ids that may be free text"],
    [["a"], "--log-group is missing"],
    [["a", ...GROUP, "--since", "0d"], "write 30m, 6h or 2d"],
    [["a", ...GROUP, "--since", "5s"], "write 30m, 6h or 2d"],
  ])("name a mistake: %j", (argv, complaint) => {
    expect(JSON.stringify(parseExplainArguments(argv))).toContain(complaint);
  });
});
