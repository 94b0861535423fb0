import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../packages/settings/src/group.ts";

type ReadFile = (path: string) => string;

/** SST takes us-east-1 when no region is set, and creates its buckets there before it runs the program. */
const FAULT =
  "No AWS region is set, and SST would silently take us-east-1. Nothing has been changed. Set AWS_REGION to the region of the stage, such as: export AWS_REGION=eu-west-1";

/** The fault, unless a variable or the AWS profile names the region. */
export function regionFault(env: Environment, readFile: ReadFile = readText): string | undefined {
  if (env.AWS_REGION || env.AWS_DEFAULT_REGION) return;
  const files = [
    env.AWS_CONFIG_FILE || join(homedir(), ".aws/config"),
    env.AWS_SHARED_CREDENTIALS_FILE || join(homedir(), ".aws/credentials"),
  ];
  const profile = env.AWS_PROFILE || "default";
  return files.some((path) => profileHasRegion(contentOf(path, readFile), profile)) ? undefined : FAULT;
}

/** The format of AWS's own files: `[profile NAME]`, or `[NAME]` for the default and in the credentials. */
function profileHasRegion(text: string, profile: string): boolean {
  let inProfile = false;
  for (const line of text.split("\n")) {
    const section = /^\s*\[\s*(?:profile\s+)?(.+?)\s*\]/.exec(line);
    if (section) inProfile = section[1] === profile;
    else if (inProfile && /^region\s*=\s*\S/.test(line)) return true;
  }
  return false;
}

function contentOf(path: string, readFile: ReadFile): string {
  try {
    return readFile(path);
  } catch {
    return "";
  }
}

const readText: ReadFile = (path) => readFileSync(path, "utf8");
