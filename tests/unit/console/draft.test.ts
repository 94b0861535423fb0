import { describe, expect, it } from "vitest";
import { codeSnippets } from "../../../packages/console/src/model/code-snippets.ts";
import { draftOf, envelopeText, oversized, sampleDraft } from "../../../packages/console/src/model/draft.ts";

const STAMP = { id: "e1", time: "2026-03-02T09:00:00Z" };

describe("a composed event", () => {
  it("is a CloudEvent with the exact text of its payload", () => {
    const draft = { type: "notification", data: '{"n": 9007199254740993}', id: "" };
    expect(envelopeText(draft, STAMP)).toBe(
      '{"specversion":"1.0","id":"e1","source":"/console","type":"notification","time":"2026-03-02T09:00:00Z","data":{"n": 9007199254740993}}',
    );
    expect(envelopeText({ ...draft, data: " " }, STAMP)).toContain('"data":null}');
  });

  it.each([
    '{"specversion":"1.0","type":"notification","data":{"n":9007199254740993}}',
    '{"event":"notification","timestamp":1,"data":{"n":9007199254740993}}',
  ])("is edited from a message, without rounding its numbers: %s", (body) => {
    expect(draftOf(body)).toEqual({ type: "notification", data: '{\n  "n": 9007199254740993\n}', id: "" });
  });

  it.each(["no JSON", "[]", '{"type":1,"data":{}}', '{"type":"a"}', '{"type":"a","data":"{}"}'])(
    "cannot be edited from another message: %s",
    (body) => {
      expect(draftOf(body)).toBeUndefined();
    },
  );

  it("can be made larger than the limit of 9,000 bytes, again and again", () => {
    const once = oversized(sampleDraft("notification", { type: "info" }));
    expect(once.data.length).toBeGreaterThan(9_000);
    expect(oversized(once)).toEqual(once);
  });
});

describe("the code of a composed event", () => {
  const env = {
    AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:4566",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    DOMAIN_EVENTS_QUEUE_URL: "http://127.0.0.1:4566/0/domain-events",
  };
  const draft = { type: "notification", data: '{\n  "message": "it\'s"\n}', id: "" };
  const code = (name: string, variables = env): string =>
    codeSnippets(draft, { env: variables, eventsUrl: "http://127.0.0.1:3000/_realtime/events" }).find(
      (snippet) => snippet.name === name,
    )?.code ?? "";

  it("quotes an apostrophe for a shell", () => {
    expect(code("curl")).toBe(
      `curl http://127.0.0.1:3000/_realtime/events \\\n  -d '{"type":"notification","data":{"message":"it'\\''s"}}'`,
    );
    expect(code("AWS CLI")).toContain(`--message-body '{"type":"notification","data":{"message":"it'\\''s"}}'`);
  });

  it("names the queue of this stack", () => {
    expect(code("Python")).toContain('QueueUrl="http://127.0.0.1:4566/0/domain-events"');
    expect(code("AWS CLI")).toContain("--endpoint-url http://127.0.0.1:4566 ");
  });

  it("names a message group for a FIFO queue only", () => {
    const fifo = { ...env, DOMAIN_EVENTS_QUEUE_URL: "http://127.0.0.1:4566/0/domain-events.fifo" };
    expect([code("AWS CLI", fifo), code("Python", fifo)]).toEqual([
      expect.stringContaining("--message-group-id"),
      expect.stringContaining("MessageGroupId"),
    ]);
    expect(code("AWS CLI")).not.toContain("group");
  });

  it("calls the producer with the same payload", () => {
    expect(code("Producer")).toContain('await realtime.send("notification", {\n  "message": "it\'s"\n});');
  });
});
