import { describe, expect, it } from "vitest";
import { parseExampleArguments } from "../../../examples/web/server/example-arguments.ts";

const portsOf = (...argv: readonly string[]) => {
  const parsed = parseExampleArguments(argv);
  return parsed.kind === "run" ? Object.values(parsed.options) : parsed;
};

describe("the flags of npm run example", () => {
  it("put the page on Vite's port, and all else on free ones", () => {
    expect(portsOf()).toEqual([5173, 0, 0, 0]);
  });

  it("put four ports in a row with --port-base, and a port of its own elsewhere", () => {
    expect(portsOf("--port-base", "65532")).toEqual([65_532, 65_533, 65_534, 65_535]);
    expect(portsOf("--port-base", "9000", "--sqs-port", "0")).toEqual([9000, 9001, 0, 9003]);
  });

  it("take free ports only with --port-base 0", () => {
    expect(portsOf("--port-base", "0")).toEqual([0, 0, 0, 0]);
  });

  it.each([
    [["--port-base", "65533"], "--port-base must leave room for four ports: 65532 or less"],
    [["--port", "65536"], '--port must be a number from 0 to 65535, not "65536"'],
    [["--prot", "1"], "unknown flag --prot"],
  ])("name the mistake in %j", (argv, complaint) => {
    expect(parseExampleArguments(argv)).toMatchObject({ complaints: expect.arrayContaining([complaint]) });
  });

  it("show the help", () => {
    expect(parseExampleArguments(["-h"])).toEqual({ kind: "help" });
  });
});
