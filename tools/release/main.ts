import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { addVersion, ReleaseStatus } from "./changelog.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CHANGELOG = join(ROOT, "CHANGELOG.md");
const MANIFEST = join(ROOT, "package.json");

const changeset = (...args: readonly string[]): void => {
  execFileSync("node_modules/.bin/changeset", args, { cwd: ROOT, stdio: "inherit" });
};

/** The path must be relative: Changesets joins it to the working directory. */
function readStatus() {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  try {
    const file = join(folder, "status.json");
    changeset("status", "--output", relative(ROOT, file));
    return ReleaseStatus.parse(JSON.parse(readFileSync(file, "utf8")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { changesets, releases } = readStatus();
const version = releases[0]?.newVersion;
if (version === undefined) {
  console.error("There is nothing to release. Add a changeset first: npx changeset");
  process.exitCode = 1;
} else {
  changeset("version");
  writeFileSync(CHANGELOG, addVersion(readFileSync(CHANGELOG, "utf8"), version, changesets));
  const manifest = readFileSync(MANIFEST, "utf8");
  writeFileSync(MANIFEST, manifest.replace(/^ {2}"version": "[^"]*"/m, `  "version": "${version}"`));
  execFileSync("npm", ["install", "--package-lock-only"], { cwd: ROOT, stdio: "inherit" });
  console.log(`Version ${version} is written. Review it, commit it, then tag it: git tag v${version}`);
}
