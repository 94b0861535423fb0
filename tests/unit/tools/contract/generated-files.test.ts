import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clientEvents } from "../../../../tools/contract/client-events.ts";
import { staleFiles, writeFiles } from "../../../../tools/contract/folder.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "generated-"));
  await writeFile(join(root, "by-hand.ts"), "by hand");
  await writeFile(join(root, "old.ts"), "old");
});
afterEach(() => rm(root, { recursive: true }));

const expected = new Map([
  ["old.ts", "new"],
  ["missing.ts", "text"],
]);

describe("generated files among other files", () => {
  it("are stale if they are missing or differ", async () => {
    expect(await staleFiles(root, expected)).toEqual(["old.ts", "missing.ts"]);
  });

  it("are current after they are written, and other files do not change", async () => {
    expect(await writeFiles(root, expected)).toEqual(["old.ts", "missing.ts"]);
    expect(await writeFiles(root, expected)).toEqual([]);
    expect(await readFile(join(root, "by-hand.ts"), "utf8")).toBe("by hand");
  });
});

describe("the browser client's events", () => {
  it("list each event under each kind of channel that carries it", () => {
    const [, carried] = clientEvents().split("export interface EventsOf {");
    const names = (kind: string) =>
      [...(new RegExp(`${kind}: \\{(.*)\\};`).exec(carried ?? "")?.[1] ?? "").matchAll(/"([^"]+)"/g)].map(
        ([, name]) => name,
      );
    expect(names("global")).toEqual(["batch.progress", "batch.completed", "notification"]);
    expect(names("audit")).not.toContain("transcription.progress");
    expect(names("fiche")).toContain("transcription.progress");
  });
});
