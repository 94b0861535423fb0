import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf } from "../support/doc-blocks.ts";
import { createConsumer } from "../support/producer-consumer.ts";
import { shell } from "../support/shell.ts";
import { ANY_PORTS, printedVariables, start } from "../support/start-process.ts";

let service: Awaited<ReturnType<typeof createConsumer>>;
/** The examples in TypeScript, by the heading above them. */
const examples = new Map<string, string>();

beforeAll(async () => {
  service = await createConsumer();
  for (const { heading, language, text } of blocksOf("packages/producer/README.md")) {
    if (language !== "ts" && language !== "js") continue;
    const file = language === "ts" ? `${heading.toLowerCase().replaceAll(" ", "-")}.ts` : "subscriber.mjs";
    if (language === "ts") examples.set(heading, file);
    await service.write(file, text);
  }
});
afterAll(() => service.remove());

/** Each example and the lines that it prints. */
const PRINTS: Readonly<Record<string, readonly unknown[]>> = {
  "Send an event": [expect.stringMatching(/^sent [\w-]+; browsers get 97 bytes$/)],
  "Send many events": ["3 of 3 events are in the queue"],
  "Store events in an outbox": ["true"],
  "Collect events": ["1 sent, 39 superseded"],
  "See what browsers get": [expect.stringMatching(/private-audit-42.+true.+audit_id/)],
  "Send events of your own": [],
  "Test your service": ["hello 1", "throttled"],
};

it("the command of docs/producers.md verifies its own example", async () => {
  const blocks = blocksOf("docs/producers.md");
  const command = blocks.find(({ text }) => text.startsWith("npx "))?.text ?? "";
  await service.write("event.json", blocks.find(({ file }) => file === "event.json")?.text ?? "");
  const { exitCode, stdout } = await shell(command, { cwd: service.root });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining("private-audit-42") });
});

describe("the README of the producer", () => {
  it.each(["nodenext", "bundler"] as const)("has examples that compile with module resolution %s", async (kind) => {
    expect(await service.compile(kind, [...examples.values()])).toBe("");
  });

  it("has examples that run, and a subscriber that gets the first one's event", async () => {
    const env = await printedVariables(start(["--no-demo", ...ANY_PORTS]));
    const subscriber = service.run("subscriber.mjs", env);
    expect(await subscriber.line()).toBe("listening");
    expect([...examples.keys()]).toEqual(Object.keys(PRINTS));
    for (const [heading, file] of examples)
      expect(await service.run(file, env).rest(), heading).toEqual(PRINTS[heading]);
    expect(JSON.parse(await subscriber.line())).toMatchObject({ audit_id: "42", completed_steps: 3 });
  });
});
