import { expect, test } from "vitest";
import { addVersion, ReleaseStatus } from "../../../../tools/release/changelog.ts";

const { changesets } = ReleaseStatus.parse({
  changesets: [
    { id: "a", summary: "Fixes\na leak.", releases: [{ name: "x", type: "patch" }] },
    {
      id: "b",
      summary: "Adds a mode.",
      releases: [
        { name: "x", type: "patch" },
        { name: "y", type: "minor" },
      ],
    },
    { id: "c", summary: "Changes no package.", releases: [{ name: "x", type: "none" }] },
  ],
  releases: [{ name: "x", newVersion: "0.2.0" }],
});

test("puts the new version above the older ones, and each changeset below its largest bump", () => {
  expect(addVersion("# Changelog\n\nIntroduction.\n\n## 0.1.0\n\n- Old.\n", "0.2.0", changesets)).toBe(
    [
      "# Changelog\n\nIntroduction.\n",
      "## 0.2.0\n",
      "### Changes\n\n- Adds a mode.\n",
      "### Fixes\n\n- Fixes\n  a leak.\n",
      "## 0.1.0\n\n- Old.\n",
    ].join("\n"),
  );
});

test("begins a changelog that has no version", () => {
  expect(addVersion("# Changelog\n\n", "0.1.0", [])).toBe("# Changelog\n\n## 0.1.0\n\n");
});
