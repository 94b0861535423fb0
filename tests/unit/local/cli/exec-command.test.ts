import { describe, expect, it } from "vitest";
import { execCommand } from "../../../../packages/local/src/cli/exec-command.ts";

const { parse } = execCommand({}, "npx @realtime-gateway/local exec");

describe("the arguments of exec", () => {
  it("are its flags, and the command behind --", () => {
    expect(parse(["--fifo", "--", "npm", "test", "--", "--help"])).toEqual({
      kind: "run",
      options: { program: "npm", programArguments: ["test", "--", "--help"], fifo: true, faults: [] },
    });
  });

  it.each([[[]], [["--"]], [["--fifo"]]])("need a command: %j", (argv) => {
    expect(parse(argv)).toEqual({ kind: "invalid", complaints: [expect.stringContaining("command is missing")] });
  });

  it("name every mistake", () => {
    expect(parse(["--port", "--fault", "{", "--", "true"])).toEqual({
      kind: "invalid",
      complaints: [expect.stringContaining("--port"), expect.stringContaining("JSON")],
    });
  });

  it("show the help without a command", () => {
    expect(parse(["--help"])).toEqual({ kind: "help" });
  });
});
