import { readFile, writeFile } from "node:fs/promises";
import { families } from "@realtime-gateway/events";
import { buildChannel, type Channel, type ChannelForm, parseChannel } from "@realtime-gateway/routing";
import { IN_FORM, WHO } from "../../functions/auth/policy.ts";
import { FUNCTIONS } from "../../functions/manifest.ts";
import { everySetting, SETTING_DOCS } from "../../packages/settings/src/index.ts";
import { httpRoutes } from "../../tests/support/http-routes.ts";

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const code = (text: string): string => `\`${text}\``;

function routes(): string {
  return table(
    ["route", "does"],
    httpRoutes().map(({ method, path, does }) => [code(`${method} ${path}`), does]),
  );
}

/** Stands for any id; one that channel names carry as it is. */
const ID = "ID";
const SUBJECTS: readonly Channel[] = [
  { kind: "audit", id: ID },
  { kind: "fiche", id: ID },
  { kind: "job", id: ID },
  { kind: "global" },
  { kind: "test" },
];

function channels(): string {
  const forms: readonly ChannelForm[] = ["private", "public", "encrypted", "presence"];
  return table(
    ["about", ...forms],
    SUBJECTS.map((subject) => [subject.kind, ...forms.map((form) => channelCell(subject, form))]),
  );
}

function channelCell(subject: Channel, form: ChannelForm): string {
  const name = buildChannel(subject, form);
  return name.ok && parseChannel(name.value) ? code(name.value.replace(/ID$/, `{${subject.kind}Id}`)) : "–";
}

function events(): string {
  const rows = families.flatMap(({ routes: heard, events: known }) => {
    const where = heard.map(({ kind, fields }) =>
      fields.length > 0 ? `${kind} of ${fields.map(code).join(" or ")}` : kind,
    );
    return Object.entries(known).map(([name, { latestWins }]) => [
      code(name),
      where.join(", "),
      latestWins ? "yes" : "",
    ]);
  });
  return table(["event", "channels (those whose id is present)", "latest wins"], rows);
}

function settings(): string {
  const rows = Object.keys(everySetting.variables).map((name) => {
    const { meaning = "", fallback = "" } = SETTING_DOCS[name] ?? {};
    return [code(name), meaning, fallback, readers(name)];
  });
  return table(["variable", "meaning", "default", "read by"], rows);
}

/** Which functions read a variable. */
function readers(name: string): string {
  const all = Object.entries(FUNCTIONS);
  const reading = all.filter(([, { settings }]) => name in settings.variables).map(([functionName]) => functionName);
  return reading.length === all.length ? "all" : reading.join(", ");
}

/** What the policy's words mean in each mode. */
const MEANING = {
  known: { open: "anybody", jwt: "every verified user", proxy: "whom an assertion names for the channel" },
  entitled: {
    open: "anybody",
    jwt: "users with a grant that covers it; else its owner",
    proxy: "whom an assertion names for the channel",
  },
} as const;

const MEANING_OF_FORM = {
  published: "when it is the form that events are published in",
  always: "always, by the rule of its kind",
  never: "no: it needs no authorization, and gets none",
} as const;

function policy(): string {
  const kinds = table(
    ["about", "`open`", "`jwt`", "`proxy`"],
    Object.entries(WHO).map(([kind, who]) => [kind, MEANING[who].open, MEANING[who].jwt, MEANING[who].proxy]),
  );
  const forms = table(
    ["form", "authorized"],
    Object.entries(IN_FORM).map(([form, rule]) => [form, MEANING_OF_FORM[rule]]),
  );
  return `${kinds}\n\n${forms}`;
}

const TABLES: Readonly<Record<string, () => string>> = { routes, channels, events, settings, policy };

/** The pages that hold tables of what the code has. */
export const PAGES_WITH_TABLES = ["README.md", "docs/security.md"] as const;

export interface PageWithTables {
  readonly current: string;
  /** With its tables as the code has them. */
  readonly expected: string;
}

const urlOf = (page: string): URL => new URL(`../../${page}`, import.meta.url);

export async function pageWithTables(page: string): Promise<PageWithTables> {
  const current = await readFile(urlOf(page), "utf8");
  const expected = current.replace(
    /(<!-- table: (\w+) -->\n)[\s\S]*?(<!-- \/table -->)/g,
    (_all, open: string, name: string, close: string) => `${open}\n${TABLES[name]?.()}\n\n${close}`,
  );
  return { current, expected };
}

if (import.meta.main)
  for (const page of PAGES_WITH_TABLES) await writeFile(urlOf(page), (await pageWithTables(page)).expected);
