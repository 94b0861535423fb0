import { describe, expect, it } from "vitest";
import { createJsonConsole } from "../../../../packages/local/src/console/json-console.ts";
import { JSON_LINES } from "../../../../packages/local/src/console/json-line-docs.ts";
import { playScript, TEN_O_CLOCK } from "../../../support/console-run.ts";

type Line = Readonly<Record<string, unknown>>;

function linesOf(): readonly Line[] {
  const written: string[] = [];
  const console = createJsonConsole({ write: (text) => void written.push(text), now: TEN_O_CLOCK });
  console.log({ functionName: "auth", level: "WARN", message: "before the ready line" });
  playScript(console);
  return written.map((text) => JSON.parse(text));
}

const lines = linesOf();

describe("npm start -- --json", () => {
  it("prints every documented type of line, and no other", () => {
    expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(Object.keys(JSON_LINES)));
  });

  it("prints the ready line first, also before an earlier log record, and the summary last", () => {
    expect(lines.map(({ type }) => type).slice(0, 2)).toEqual(["ready", "log"]);
    expect(lines.at(-1)).toMatchObject({ type: "summary", ok: true, ownEvents: { published: 2 } });
  });

  it("begins every line with its type and its time", () => {
    for (const line of lines)
      expect(Object.entries(line).slice(0, 2)).toEqual([
        ["type", expect.any(String)],
        ["time", TEN_O_CLOCK().toISOString()],
      ]);
  });

  it.each(Object.entries(JSON_LINES))("documents each member of the line %s", (name, { members }) => {
    for (const line of lines.filter(({ type }) => type === name))
      for (const member of Object.keys(line).slice(2)) expect(members).toContain(`\`${member}\``);
  });

  it("gives each event of the queue its ids", () => {
    const events = lines.filter(({ type, from }) => type === "event" && from !== "http");
    for (const event of events)
      expect(event).toMatchObject({ id: expect.stringMatching(/^evt-/), messageId: expect.stringMatching(/^msg-/) });
  });
});
