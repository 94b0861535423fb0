import { readFlags } from "@realtime-gateway/command-line";
import { describe, expect, it } from "vitest";

const FLAGS = {
  once: { type: "boolean", default: false },
  "no-demo": { type: "boolean", default: false },
  "http-port": { type: "string" },
  yes: { type: "boolean", default: false },
} as const;
const complaints = (npm: Readonly<Record<string, string>>, ...argv: readonly string[]): readonly string[] =>
  readFlags(argv, FLAGS, 0, npm).complaints;

describe("flags without -- in front", () => {
  it("are named with the command to run", () => {
    expect(complaints({ npm_lifecycle_event: "start", npm_config_once: "true" })).toEqual([
      "npm took --once for itself. Put -- in front of the flags: npm start -- --once",
    ]);
  });

  it("are named together, with the value that npm separated from its flag", () => {
    const npm = { npm_lifecycle_event: "dev", npm_config_http_port: "true", npm_config_demo: "" };
    expect(complaints(npm, "4000")).toEqual([
      "npm took --no-demo and --http-port for itself. Put -- in front of the flags: npm run dev -- --no-demo --http-port",
      'unexpected argument "4000"',
    ]);
  });
});

describe("no complaint about npm", () => {
  it.each([
    ["outside npm", { npm_config_once: "true" }],
    ["without such a setting", { npm_lifecycle_event: "start", npm_config_cache: "/tmp" }],
    ["if npm has its own yes=true", { npm_lifecycle_event: "start", npm_config_yes: "true" }],
    ["if the demo is not switched off", { npm_lifecycle_event: "start", npm_config_demo: "true" }],
  ])("comes %s", (_when, npm) => {
    expect(complaints(npm, "--once")).toEqual([]);
  });
});
