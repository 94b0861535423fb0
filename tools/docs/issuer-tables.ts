import { ISSUERS } from "../../tests/support/issuers/index.ts";
import { code, table } from "./markdown.ts";

/** From the fixtures that the tests verify. */
const issuers = (): string =>
  table(
    ["issuer", "settings beside `REALTIME_AUTH_MODE=jwt`", "grants", "denied (`check`, code or variable)"],
    ISSUERS.map(({ issuer, settings, grants, denied }) => [
      issuer,
      Object.entries(settings)
        .map(([name, value]) => code(`${name}=${value}`))
        .join(", "),
      grants,
      denied.map(({ what, because }) => `${what} (${code(because)})`).join("; "),
    ]),
  );

/** The table of docs/issuers.md. */
export const ISSUER_TABLES = { issuers };
