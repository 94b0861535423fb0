import { readFileSync } from "node:fs";
import { definitionOf, eventNames } from "@realtime-gateway/events";
import { describe, expect, it } from "vitest";
import { progressOf } from "../../support/producer-events.ts";
import { producerWorld } from "../../support/producer-world.ts";

/** The rows of the page's table of groups: a family, and its groups in the order in which they apply. */
function documentedGroups() {
  const page = readFileSync(new URL("../../../docs/producers.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `([\w.]+\.)\*` \| (`\S+\{[^|]+) \|/gm)];
  return rows.map(([, family = "", groups = ""]) => ({
    family,
    templates: [...groups.matchAll(/`([^`]+)`/g)].map(([, template = ""]) => template),
  }));
}

async function groupOf(name: string, change: object = {}, options: Parameters<typeof producerWorld>[1] = {}) {
  const { realtime, requests } = producerWorld(() => "taken", options);
  const sample: object = definitionOf(name)?.sample ?? {};
  await realtime.send(name, { ...sample, ...change });
  return requests[0]?.[0]?.group;
}

describe("the message group", () => {
  it.each([
    ["audit.progress", { audit_id: "42", fiche_id: "7" }, "audit-42"],
    ["audit.completed", { audit_id: "42" }, "audit-42"],
    ["audit.started", { audit_id: undefined, fiche_id: "7" }, "fiche-7"],
    ["transcription.failed", { fiche_id: 12345678901234567n.toString() }, "fiche-12345678901234567"],
    ["fiches.progressive_fetch.created", { jobId: undefined, job_id: "j" }, "job-j"],
    ["batch.progress", { batch_id: "b", operation_type: "audit" }, "batch/audit/b"],
    ["batch.completed", { batch_id: "b/c", operation_type: "transcription" }, "batch/transcription/b=2Fc"],
    ["notification", {}, undefined],
  ])("of %s with %o is the entity", async (name, change, group) => {
    expect(await groupOf(name, change)).toBe(group);
  });

  it.each(documentedGroups())(
    "of each $family event is the one that docs/producers.md names",
    async ({ family, templates }) => {
      const names = eventNames.filter((name) => name.startsWith(family));
      expect(names).not.toEqual([]);
      for (const name of names) {
        const sample = new Map(Object.entries(definitionOf(name)?.sample ?? {}));
        const filled = templates.map((template) =>
          template.replaceAll(/\{(\w+)\}/g, (field, id) => String(sample.get(id) ?? field)),
        );
        expect(await groupOf(name), name).toBe(filled.find((group) => !group.includes("{")));
      }
    },
  );

  it("has a row for each family with an entity in docs/producers.md", () => {
    const families = documentedGroups().map(({ family }) => family);
    expect(families).toEqual(["audit.", "transcription.", "fiches.progressive_fetch.", "batch."]);
  });

  it("has at most 128 characters, and differs for ids that differ only at their end", async () => {
    const [one, two] = [
      await groupOf("audit.progress", progressOf("x".repeat(140) + 1)),
      await groupOf("audit.progress", progressOf("x".repeat(140) + 2)),
    ];
    expect(one).toHaveLength(128);
    expect(one).not.toBe(two);
  });

  it("is the event's own on a FIFO queue for an event without an entity", async () => {
    expect(await groupOf("notification", {}, { isFifo: true })).toBe("0");
    expect(await groupOf("audit.progress", {}, { isFifo: true, group: false })).toBe("0");
  });

  it("can be chosen by the service", async () => {
    const group = ({ name }: { readonly name: string }) => (name === "notification" ? undefined : "tenant-1");
    expect(await groupOf("audit.progress", {}, { group })).toBe("tenant-1");
    expect(await groupOf("notification", {}, { group })).toBeUndefined();
  });
});
