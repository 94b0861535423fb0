import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { createHumanConsole } from "../../../../packages/local/src/console/human-console.ts";
import { playScript, type ScriptOptions, TEN_O_CLOCK } from "../../../support/console-run.ts";

function pageOf(width: number, coloured: boolean, options?: ScriptOptions): string {
  const written: string[] = [];
  const write = (text: string): void => void written.push(text);
  playScript(createHumanConsole({ write, coloured, width, now: TEN_O_CLOCK }), options);
  return written.join("");
}

const JWT = {
  REALTIME_AUTH_MODE: "jwt",
  REALTIME_JWT_SECRET: "jwt-s3cr3t-jwt-s3cr3t-jwt-s3cr3t",
  REALTIME_JWT_ISSUER: "https://issuer.example/a-rather-long-path-of-a-tenant",
  REALTIME_JWT_AUDIENCE: "gateway",
  REALTIME_TEST_TOKEN: "t0ken-t0ken",
  PUSHER_ENCRYPTION_MASTER_KEY_BASE64: Buffer.alloc(32, 7).toString("base64"),
};

describe("the page of npm start", () => {
  it.each([
    [80, false],
    [80, true],
    [120, false],
    [120, true],
  ])("is this one at %i columns, coloured: %s", async (width, coloured) => {
    const file = `golden/start-${width}${coloured ? "-coloured" : ""}.txt`;
    await expect(pageOf(width, coloured)).toMatchFileSnapshot(file);
  });

  it("names the mode, asks for tokens, and prints no secret in mode jwt with encryption", async () => {
    const page = pageOf(80, false, { env: JWT, fifo: true });
    await expect(page).toMatchFileSnapshot("golden/start-80-jwt-fifo.txt");
    expect(page).not.toMatch(/jwt-s3cr3t|t0ken-t0ken/);
  });

  it.each([80, 81, 100, 110, 120, 200])("has no line that passes %i columns", (width) => {
    for (const options of [{}, { env: JWT, fifo: true }])
      for (const line of pageOf(width, false, options).split("\n"))
        expect(line.length, line).toBeLessThanOrEqual(width);
  });

  it("has the same text with and without colours", () => {
    expect(stripVTControlCharacters(pageOf(120, true))).toBe(pageOf(120, false));
  });

  it("shows the summary of the demo once", () => {
    expect(pageOf(80, false).split("events sent")).toHaveLength(2);
  });
});
