import type { Setting } from "./setting.ts";

/** Apps have schemes of their own, such as `capacitor://localhost`. `URL` reports the origin of those as `null`. */
const APP_ORIGIN = /^(?!https?:)[a-z][a-z0-9+.-]*:\/\/[\w.-]+(?::\d{1,5})?$/;
/** One `*` in a label of the host that has another label after it. */
const WILDCARD = /^[a-z][a-z0-9+.-]*:\/\/[^*]*\*[^*.:]*\.[^*]+$/;

/** An origin as a browser sends it. One `*` may replace a part of one label of the host. */
function isOrigin(text: string): boolean {
  if (text.includes("*") && !WILDCARD.test(text)) return false;
  const example = text.replace("*", "x");
  return APP_ORIGIN.test(example) || (/^https?:/.test(example) && URL.parse(example)?.origin === example);
}

const FAULT =
  "must be * or origins such as https://app.example or https://app-*.vercel.app, separated by commas: scheme, host and port only, in lower case, one * before the last dot at most";

/** Operators copy addresses from a browser, so a slash at the end of an origin and a comma at the end of the list are accepted. */
export const originList: Setting<readonly string[]> = {
  read(text = "") {
    if (text.trim() === "*") return { ok: true, value: ["*"] };
    const items = text.split(",").map((item) => item.trim().replace(/\/$/, ""));
    const origins = items.filter((item) => item !== "");
    return origins.length > 0 && origins.every(isOrigin) ? { ok: true, value: origins } : { ok: false, fault: FAULT };
  },
};
