import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";

const PAGE = new URL("../../docs/console.md", import.meta.url);

/** Bold: something to select. Code: something to type. Italics: something to wait for. */
const PART = /\*\*(?<select>[^*]+)\*\*|`(?<type>[^`]+)`|\b_(?<see>[^_]+)_\b/g;

/** The steps of a newcomer's first minute in docs/console.md. */
export async function firstMinute(): Promise<readonly string[]> {
  const text = await readFile(PAGE, "utf8");
  const section = text.split("## The first minute")[1]?.split("\n## ")[0] ?? "";
  return section.split(/^\d+\. /m).slice(1);
}

/** Follows a step in a page. */
export async function walk(page: Page, step: string, url: string): Promise<void> {
  for (const { groups = {} } of step.matchAll(PART)) {
    const { select, type, see } = groups;
    if (select !== undefined) await clickable(page, select).click();
    else if (type?.startsWith("http")) await page.goto(url);
    else if (type !== undefined) await (type.length === 1 ? page.keyboard.press(type) : page.keyboard.type(type));
    else if (see !== undefined) await page.getByText(see.replaceAll("\n", " ")).first().waitFor();
  }
}

function clickable(page: Page, name: string) {
  const [button, link, toggle] = (["button", "link", "switch"] as const).map((role) =>
    page.getByRole(role, { name, exact: true }),
  );
  if (button === undefined || link === undefined || toggle === undefined) throw new Error("there is no role");
  return button.or(link).or(toggle).first();
}
