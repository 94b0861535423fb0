import * as z from "zod/mini";

const Kind = z.enum(["major", "minor", "patch", "none"]);

/** The part of `changeset status --output` that a release needs. */
export const ReleaseStatus = z.object({
  changesets: z.array(z.object({ summary: z.string(), releases: z.array(z.object({ type: Kind })) })),
  releases: z.array(z.object({ newVersion: z.string() })),
});

type Changeset = z.infer<typeof ReleaseStatus>["changesets"][number];

const HEADINGS = [
  ["major", "Breaking changes"],
  ["minor", "Changes"],
  ["patch", "Fixes"],
] as const;

/** The changelog with a section for a new version above the older ones. */
export function addVersion(changelog: string, version: string, changesets: readonly Changeset[]): string {
  const parts = HEADINGS.flatMap(([kind, heading]) => {
    const entries = changesets.filter((changeset) => kindOf(changeset) === kind).map(({ summary }) => entryOf(summary));
    return entries.length === 0 ? [] : [`### ${heading}\n\n${entries.join("\n")}\n\n`];
  });
  const firstVersion = changelog.search(/^## /m);
  const at = firstVersion === -1 ? changelog.length : firstVersion;
  return `${changelog.slice(0, at)}## ${version}\n\n${parts.join("")}${changelog.slice(at)}`;
}

/** The largest of a changeset's bumps. */
const kindOf = ({ releases }: Changeset) => Kind.options.find((kind) => releases.some(({ type }) => type === kind));

const entryOf = (summary: string): string => `- ${summary.trim().replaceAll("\n", "\n  ")}`;
