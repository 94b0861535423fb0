import { Console } from "node:console";
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { installJsonConsole } from "../../../../../packages/local/src/lambda/runtime/json-console.ts";

function createRecordedConsole() {
  const console = new Console(new PassThrough());
  const lines: string[] = [];
  installJsonConsole({ console, requestId: () => "r-1", write: (line) => lines.push(line) });
  return { console, lines, record: (): unknown => JSON.parse(lines[0] ?? "") };
}

it("writes one log record per call, with time, level and request", () => {
  const { console, record } = createRecordedConsole();
  console.warn("slow");
  expect(record()).toEqual({ timestamp: expect.any(String), level: "WARN", requestId: "r-1", message: "slow" });
});

it("keeps a single object", () => {
  const { console, record } = createRecordedConsole();
  console.info({ event: "audit.progress" });
  expect(record()).toMatchObject({ level: "INFO", message: { event: "audit.progress" } });
});

it("formats several values into one text", () => {
  const { console, record } = createRecordedConsole();
  console.log("%d of %d", 1, 2);
  expect(record()).toMatchObject({ message: "1 of 2" });
});

it("describes an error at any depth", () => {
  const { console, record } = createRecordedConsole();
  console.error({ cause: new TypeError("boom") });
  expect(record()).toMatchObject({ message: { cause: { errorType: "TypeError", errorMessage: "boom" } } });
});

it("names the class of an error, as Lambda does, and keeps the error's own fields", () => {
  const { console, record } = createRecordedConsole();
  console.error(Object.assign(new TypeError("boom"), { name: "Renamed", code: "E_BOOM" }));
  expect(record()).toMatchObject({ message: { errorType: "TypeError", name: "Renamed", code: "E_BOOM" } });
});

it("prints values that JSON does not support as Node does", () => {
  const { console, record } = createRecordedConsole();
  console.log({ big: 1n });
  expect(record()).toMatchObject({ message: "{ big: 1n }" });
});

it("ends every log record with a line break", () => {
  const { console, lines } = createRecordedConsole();
  console.log("two\nlines");
  expect(lines[0]?.split("\n")).toHaveLength(2);
});
