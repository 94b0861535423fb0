import { env } from "node:process";

const { NODE_COMPILE_CACHE = "" } = env;

/** For the environment of a process: all processes of a run share their compiled code, so each starts in half the time. */
export const COMPILE_CACHE: Readonly<Record<string, string>> = { NODE_COMPILE_CACHE };
