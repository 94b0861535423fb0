import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The project's files that match a pattern. Files that git ignores are left out. */
export function projectFiles(...patterns: readonly string[]): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--", ...patterns], {
    encoding: "utf8",
  });
  return listed.split("\n").filter((path) => path !== "" && existsSync(path));
}
