import { fileURLToPath } from "node:url";

/**
 * The folder with the built page, with a slash at its end. The path is right from here and from a module of the packed package,
 * which is in `dist`.
 */
export const PAGE_FOLDER = fileURLToPath(new URL("../dist/console/", import.meta.url));
