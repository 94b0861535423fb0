import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { CONTRACT_FOLDER } from "../documents.ts";
import type { ReadDocument } from "./contract.ts";

const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** Reads the documents of a folder: the contract's own, or a project that has it in `docs/contract`. */
export const readFromFolder =
  (folder: string): ReadDocument =>
  async (path) =>
    (await textOf(join(folder, path))) ?? textOf(join(folder, CONTRACT_FOLDER, path));

/** Reads the documents of a commit, a branch or a tag. */
export const readFromGit =
  (root: string, ref: string): ReadDocument =>
  async (path) => {
    const args = ["show", `${ref}:${CONTRACT_FOLDER}/${path}`];
    const options = { cwd: root, maxBuffer: MAX_DOCUMENT_BYTES };
    return promisify(execFile)("git", args, options).then(
      ({ stdout }) => stdout,
      () => undefined,
    );
  };

/** A folder if there is one of this name; else a git ref. */
export const sourceOf = async (root: string, name: string): Promise<ReadDocument> =>
  (await isFolder(name)) ? readFromFolder(name) : readFromGit(root, name);

const textOf = (path: string): Promise<string | undefined> => readFile(path, "utf8").catch(() => undefined);

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
