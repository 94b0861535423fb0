import { describe, expect, it } from "vitest";
import { parseStartArguments } from "../../../../packages/local/src/cli/start-arguments.ts";

const FAULT = '{"effect":{"kind":"answer","status":500},"when":{"times":2}}';

function optionsOf(...argv: readonly string[]) {
  const parsed = parseStartArguments(argv);
  if (parsed.kind !== "run") throw new Error(JSON.stringify(parsed));
  return parsed.options;
}

function complaintsOf(...argv: readonly string[]): readonly string[] {
  const parsed = parseStartArguments(argv);
  return parsed.kind === "invalid" ? parsed.complaints : [];
}

const portsOf = (...argv: readonly string[]): readonly number[] => {
  const { httpPort, sqsPort, pusherPort } = optionsOf(...argv);
  return [httpPort, sqsPort, pusherPort];
};

describe("the ports of npm start", () => {
  it.each([
    [[], [3000, 4566, 6001]],
    [
      ["--port-base", "7000"],
      [7000, 7001, 7002],
    ],
    [
      ["--port-base", "0"],
      [0, 0, 0],
    ],
    [
      ["--port-base", "65533"],
      [65_533, 65_534, 65_535],
    ],
    [
      ["--port-base", "7000", "--sqs-port", "4566"],
      [7000, 4566, 7002],
    ],
  ])("are for %j %j", (argv, ports) => {
    expect(portsOf(...argv)).toEqual(ports);
  });

  it("leave room for all three behind the base", () => {
    expect(complaintsOf("--port-base", "65534")).toEqual([
      "--port-base must leave room for three ports: 65533 or less",
    ]);
  });

  it("are numbers", () => {
    expect(complaintsOf("--port-base", "http")).toEqual(['--port-base must be a number from 0 to 65535, not "http"']);
  });
});

describe("the flags of npm start", () => {
  it("choose a FIFO queue and faults of the Pusher server", () => {
    expect(optionsOf("--fifo", "--fault", FAULT, "--fault", FAULT)).toMatchObject({
      fifo: true,
      faults: [JSON.parse(FAULT), JSON.parse(FAULT)],
    });
  });

  it.each(["local", "cloud", "own"])("choose the Pusher server %s", (pusher) => {
    expect(optionsOf("--pusher", pusher)).toMatchObject({ pusher });
  });

  it.each([
    [["--fault", "500"], "--fault '500': it must be an object"],
    [["--fault", "{"], "--fault '{': not valid JSON"],
    [["--fault", FAULT, "--pusher", "own"], "--fault needs the local Pusher server"],
    [["--pusher", "soketi"], '--pusher must be local, cloud or own, not "soketi"'],
  ])("%j do not start it", (argv, complaint) => {
    expect(complaintsOf(...argv).join()).toContain(complaint);
  });
});
