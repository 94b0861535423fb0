import { describe, expect, it } from "vitest";
import { findingsIn } from "../../../../tools/check/prose.ts";
import { OPENERS } from "../../../../tools/check/words.ts";

const problemsOf = (text: string) => findingsIn({ place: "a.md:1", text }).map(({ problem }) => problem);
const words = (count: number, end = ".") => `${Array.from({ length: count }, () => "word").join(" ")}${end}`;

describe("banned words", () => {
  it.each([
    ["The relay buries the message.", '"buries": say dead-letter'],
    ["The message Stays in the queue.", '"Stays": say retry later, or leave in the queue'],
    ["The payload drifts.", '"drifts": say validate, or does not match its schema'],
    ["Two records follow.", '"records": say message; a log record is a log record'],
  ])("reports %j", (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it.each([
    "A dead letter has a reason, and upper-case letters do not.",
    "The log record names the content type.",
    "A key that is made by hand is unknown.",
    "`Records` and `event.content` are names.",
    "filter record.status = 1",
    "[The page](docs/news.md) has an address: https://example.com/news.",
    'AWS calls it "record".',
  ])("accepts %j", (text) => {
    expect(problemsOf(text)).toEqual([]);
  });

  it("reads a whole sentence in quotation marks", () => {
    expect(problemsOf(`"The relay ${words(11, "")} and buries it."`)).toHaveLength(1);
  });

  it("does not take an apostrophe or a unit for a quotation mark", () => {
    expect(problemsOf('A 3" disk is refused, and a 5" disk is not.')).toHaveLength(1);
  });
});

describe("long sentences", () => {
  it("accepts 28 words and reports 29", () => {
    expect(problemsOf(words(28))).toEqual([]);
    expect(problemsOf(words(29))).toEqual(['a sentence of 29 words: "word word word word word word …"']);
  });

  it("counts sentences, clauses and table cells apart", () => {
    expect(problemsOf(`${words(20)} ${words(20, ";")} ${words(20, ":")} ${words(20)}`)).toEqual([]);
    expect(problemsOf(`| ${words(20, "")} | ${words(20, "")} |`)).toEqual([]);
  });

  it("ends a sentence at a full stop behind bold text", () => {
    expect(problemsOf(`**${words(20)}** ${words(20)}`)).toEqual([]);
  });

  it("counts code as one word", () => {
    expect(problemsOf(`\`${words(40)}\` runs.`)).toEqual([]);
  });
});

describe("openers", () => {
  it.each(["What a relay does.", "Whether it ends.", "That which ends.", "Of a queue: its name."])(
    "finds %j",
    (text) => {
      expect(OPENERS.test(text)).toBe(true);
    },
  );

  it.each(["Whatever ends.", "That ends.", "Often it ends.", "The relay ends what began."])("accepts %j", (text) => {
    expect(OPENERS.test(text)).toBe(false);
  });
});
