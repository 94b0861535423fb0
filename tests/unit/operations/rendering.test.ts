import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable } from "../../../packages/command-line/src/printable.ts";
import { renderActions, renderDeadLetter, renderSummary } from "../../../packages/operations/src/human-report.ts";
import { indentJson } from "../../../packages/operations/src/indent-json.ts";
import { createJsonReport } from "../../../packages/operations/src/json-report.ts";
import { rowOf } from "../../../packages/operations/src/row.ts";
import { age, renderCodes, renderTable } from "../../../packages/operations/src/table.ts";
import { deadLetterOf, failedWith, string } from "../../support/dead-letters.ts";
import { law } from "../../support/law.ts";

describe("a table", () => {
  it("has a line for each dead letter, with or without a code", () => {
    const rows = [deadLetterOf("a", failedWith("invalid_event")), deadLetterOf("b", { sentAtMs: 60_000 })].map(rowOf);
    expect(renderTable(rows, 120_000)).toBe(
      [
        "id  age  code           event           receives  bytes",
        "a    2m  invalid_event  audit.progress         1      9",
        "b    1m  -              -                      -      9",
        "",
      ].join("\n"),
    );
  });

  it("shows no payload", () => {
    expect(renderTable([rowOf(deadLetterOf("a", { body: "secret" }))], 0)).not.toContain("secret");
  });

  it("escapes an event that would forge a line", () => {
    const rows = [rowOf(deadLetterOf("a", failedWith("x", "e\nforged\u009b2J")))];
    expect(renderTable(rows, 0).split("\n")).toHaveLength(3);
    expect(renderTable(rows, 0)).not.toContain("\u009b");
  });

  it("cuts a long event", () => {
    expect(renderTable([rowOf(deadLetterOf("a", failedWith("x", "e".repeat(200))))], 0)).toMatch(/e{47}…/);
  });

  it("renders as many rows as SQS returns", () => {
    const row = rowOf(deadLetterOf("a"));
    expect(
      renderTable(
        Array.from({ length: 120_000 }, () => row),
        0,
      ).length,
    ).toBeGreaterThan(120_000);
  });
});

it.each([
  [-5, "0s"],
  [59_999, "59s"],
  [60_000, "1m"],
  [7_200_000, "2h"],
  [200_000_000, "2d"],
])("an age of %d ms is %s", (ms, text) => expect(age(ms)).toBe(text));

it("the most frequent code comes first", () => {
  expect(
    renderCodes(
      new Map([
        ["b", 1],
        ["c", 5],
        ["a", 1],
      ]),
    ),
  ).toBe("c 5, a 1, b 1");
});

describe("a summary", () => {
  const summary = {
    what: "redriven",
    tally: { count: 2, byCode: new Map([["x", 2]]) },
    failed: 0,
    read: 5,
    interrupted: false,
    heldBack: new Map(),
  } as const;
  const none = { count: 0, byCode: new Map<string, number>() };

  it.each([
    [summary, "2 dead letters redriven: x 2."],
    [{ ...summary, failed: 1 }, "2 dead letters redriven: x 2; 1 failed."],
    [{ ...summary, interrupted: true }, "2 dead letters redriven: x 2. Interrupted; run it again to go on."],
    [{ ...summary, tally: none }, "None of 5 dead letters matched."],
    [{ ...summary, tally: none, read: 0 }, "No dead letters were found."],
    [{ ...summary, tally: none, failed: 5 }, "0 dead letters redriven; 5 failed."],
  ])("counts each outcome", (given, text) => expect(renderSummary(given)).toBe(text));
});

describe("the next steps", () => {
  const tally = {
    count: 3,
    byCode: new Map([
      ["invalid_event", 1],
      ["-", 2],
      ["from_a_newer_version", 1],
    ]),
  };

  it("state the action of each code, the most frequent first", () => {
    expect(renderActions({ what: "matched", tally })).toBe(
      "  -: SQS moved these after too many receives, or a rejected message had no room for its reason and fails again; search the relay's log for their ids\n" +
        "  invalid_event: correct the field that detail names\n",
    );
  });

  it("are not stated after a change", () => {
    expect(renderActions({ what: "redriven", tally })).toBe("");
  });
});

describe("one dead letter", () => {
  it("is shown with its attributes and its payload on lines", () => {
    const deadLetter = deadLetterOf("a", {
      ...failedWith("invalid_event"),
      body: '{"n":1}',
      attributes: { trace: string("t"), raw: { DataType: "Binary", BinaryValue: Buffer.from("hi") } },
    });
    const text = renderDeadLetter(deadLetter, 5_000);
    expect(text).toMatch(/^id +a$/m);
    expect(text).toContain("  trace (String) t\n  raw (Binary) aGk=");
    expect(text).toContain('\n\n{\n  "n": 1\n}\n');
  });

  it("is shown unchanged when its body is not JSON", () => {
    expect(renderDeadLetter(deadLetterOf("a", { body: "no\njson" }), 0)).toContain("\n\nno\njson\n");
  });

  it("escapes control characters", () => {
    expect(renderDeadLetter(deadLetterOf("a", { body: "\u009b2J" }), 0)).toContain("\\u{9b}2J");
  });

  it("has its exact body in the JSON report", () => {
    const lines: string[] = [];
    createJsonReport((line) => lines.push(line)).deadLetter(deadLetterOf("a", { body: '{"n": 1.0}' }));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ id: "a", body: '{"n": 1.0}' }]);
  });
});

describe("indented JSON", () => {
  const strings = fc.string({ unit: "binary" });

  it("has the same value", () => {
    law(
      fc.property(
        fc.json({ depthSize: "large", stringUnit: "binary" }),
        (json) => void expect(JSON.parse(indentJson(json))).toEqual(JSON.parse(json)),
      ),
    );
  });

  it("equals the output of JSON.stringify", () => {
    law(
      fc.property(
        fc.jsonValue(),
        (value) => void expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 2)),
      ),
    );
  });

  it("keeps every number as it is written", () => {
    expect(indentJson("[12345678901234567890,1.0]")).toBe("[\n  12345678901234567890,\n  1.0\n]");
  });

  it("returns other text unchanged", () => {
    law(fc.property(strings, (text) => void expect(indentJson(`${text}}`)).toBe(`${text}}`)));
  });

  it("returns JSON that is too deep unchanged", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(indentJson(deep)).toBe(deep);
  });
});

it("printable text is one line without invisible characters", () => {
  law(
    fc.property(fc.string({ unit: "binary" }), (text) => void expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}]/u)),
  );
});
