import { audienceOf, IN_FORM } from "@realtime-gateway/access";
import { ENTITY_KINDS, type EntityKey, families } from "@realtime-gateway/events";
import { buildChannel, type Channel, type ChannelForm, parseChannel } from "@realtime-gateway/routing";
import { FUNCTIONS, variablesOf } from "../../functions/manifest.ts";
import { SETTING_DOCS } from "../../packages/settings/src/index.ts";
import { httpRoutes } from "../../tests/support/http-routes.ts";
import { code, table } from "./markdown.ts";

const routes = (): string =>
  table(
    ["route", "does"],
    httpRoutes().map(({ method, path, does }) => [code(`${method} ${path}`), does]),
  );

/** Channel names carry this id unchanged. */
const ID = "ID";
const SUBJECTS: readonly Channel[] = [
  ...ENTITY_KINDS.map((kind) => ({ kind, id: ID })),
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
  const rows = families.flatMap(({ routes: familyRoutes, events: catalog }) => {
    const where = familyRoutes.map(({ kind, fields }) =>
      fields.length > 0 ? `${kind} of ${fields.map(code).join(" or ")}` : kind,
    );
    return Object.entries(catalog).map(([name, { latestWinsPer }]) => [
      code(name),
      where.join(", "),
      latestWinsPer ? entityCell(latestWinsPer) : "",
    ]);
  });
  return table(["event", "channels (those whose id is present)", "latest wins per"], rows);
}

/** The id fields of an entity. `else` separates choices, `or` the spellings of one field. */
export const entityCell = (choices: EntityKey): string =>
  choices.map((fields) => fields.map((field) => [field].flat().map(code).join(" or ")).join(" and ")).join(", else ");

function settings(): string {
  const rows = variablesOf(FUNCTIONS).map((name) => {
    const { meaning = "", fallback = "" } = SETTING_DOCS[name] ?? {};
    return [code(name), meaning, fallback, readers(name)];
  });
  return table(["variable", "meaning", "default", "read by"], rows);
}

/** The functions that read a variable. */
function readers(variable: string): string {
  const all = Object.entries(FUNCTIONS);
  const reading = all.filter(([, spec]) => variable in spec.settings.variables).map(([functionName]) => functionName);
  return reading.length === all.length ? "all" : reading.join(", ");
}

/** The words of auth's policy, by mode. */
const MEANING = {
  known: { open: "everyone", jwt: "every verified user", proxy: "users whose assertion names the channel" },
  entitled: {
    open: "everyone",
    jwt: "users with a grant that covers it; else its owner",
    proxy: "users whose assertion names the channel",
  },
} as const;

const MEANING_OF_FORM = {
  published: "if the gateway publishes events in this form",
  always: "always, by the rule of its kind",
  never: "never: it needs no authorization",
} as const;

function policy(): string {
  const kinds = table(
    ["about", "`open`", "`jwt`", "`proxy`"],
    SUBJECTS.map(({ kind }) => {
      const { open, jwt, proxy } = MEANING[audienceOf(kind)];
      return [kind, open, jwt, proxy];
    }),
  );
  const forms = table(
    ["form", "authorized"],
    Object.entries(IN_FORM).map(([form, rule]) => [form, MEANING_OF_FORM[rule]]),
  );
  return `${kinds}\n\n${forms}`;
}

/** Tables of the contract with producers and browsers. */
export const CONTRACT_TABLES = { routes, channels, events, settings, policy };
