import { readFile, writeFile } from "node:fs/promises";
import { ALARMS } from "../../infra/settings/alarms.ts";
import { SECRET_NEEDS, SECRET_VARIABLES, secretName } from "../../infra/settings/secrets.ts";
import { STAGE_DEFAULTS, STAGE_DOCS } from "../../infra/settings/stage.ts";

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const code = (text: string): string => (text === "" ? "" : `\`${text}\``);

function stage(): string {
  const defaults: ReadonlyMap<string, readonly [string, string]> = new Map(Object.entries(STAGE_DEFAULTS));
  const rows = Object.entries(STAGE_DOCS).map(([name, meaning]) => {
    const [production = "", other = ""] = defaults.get(name) ?? [];
    return [code(name), meaning, code(production), code(other)];
  });
  return table(["variable", "meaning", "production", "other stages"], rows);
}

const secrets = (): string =>
  table(
    ["secret", "is the variable", "needed"],
    SECRET_VARIABLES.map((name) => [code(secretName(name)), code(name), SECRET_NEEDS[name] ?? ""]),
  );

const alarms = (): string =>
  table(
    ["alarm", "rings when", "means", "do"],
    ALARMS.map(({ id, metric, statistic, unit, above, periodSeconds, periods, of, means, act }) => {
      const minutes = periodSeconds / 60;
      const lasting = of === 1 ? `in ${minutes} min` : `in ${periods} of ${of} periods of ${minutes} min`;
      const ofCode = typeof metric.dimensions.code === "string" ? ` of ${code(metric.dimensions.code)}` : "";
      return [
        code(id),
        `${statistic} of ${code(metric.name)}${ofCode} > ${above}${unit && ` ${unit}`} ${lasting}`,
        means,
        act,
      ];
    }),
  );

const TABLES: Readonly<Record<string, () => string>> = { stage, secrets, alarms };

const PAGE = new URL("../../docs/deploy.md", import.meta.url);

/** The page as it is, and with its tables as the code has them. */
export async function deployPage(): Promise<{ readonly current: string; readonly expected: string }> {
  const current = await readFile(PAGE, "utf8");
  const expected = current.replace(
    /(<!-- table: (\w+) -->\n)[\s\S]*?(<!-- \/table -->)/g,
    (_all, open: string, name: string, close: string) => `${open}\n${TABLES[name]?.()}\n\n${close}`,
  );
  return { current, expected };
}

if (import.meta.main) await writeFile(PAGE, (await deployPage()).expected);
