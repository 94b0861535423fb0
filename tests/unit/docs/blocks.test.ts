import { existsSync, readFileSync } from "node:fs";
import { SETTING_DOCS } from "@realtime-gateway/settings";
import { describe, expect, it } from "vitest";
import { STAGE_VARIABLES } from "../../../infra/settings/stage.ts";
import { blocksIn, blocksOf, DOC_PAGES } from "../../support/doc-blocks.ts";
import { commandsOf, isMarked, NEEDS_ACCOUNT, proofOf, RUN_BY_CI } from "../../support/doc-proofs.ts";

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const blocks = DOC_PAGES.flatMap(blocksOf);
const place = ({ page, line }: { readonly page: string; readonly line: number }): string => `${page}:${line}`;

/** What needs an account. */
const ACCOUNT_COMMAND = /\b(?:npx sst|aws|npm run deploy|deploy-role\/bootstrap\.sh) /;
const VARIABLES = /^(?:export )?((?:[A-Z_]+=\S+ ?)+)$|^unset ([A-Z_]+)$/;

describe("the blocks of the docs", () => {
  it("are all run by a test, marked, or listed with the reason why not, in tests/support/doc-proofs.ts", () => {
    const unproven = blocks.filter((block) => proofOf(block) === undefined);
    expect(unproven.map((block) => `${place(block)} ${block.language}\n${block.text}`)).toEqual([]);
  });

  it("name tests that exist and read their page", () => {
    const proofs = blocks.flatMap((block) => {
      const proof = proofOf(block);
      return proof !== undefined && "test" in proof ? [{ page: block.page, test: proof.test }] : [];
    });
    const wrong = proofs.filter(({ page, test }) => {
      const source = existsSync(new URL(`../../../${test}`, import.meta.url)) ? read(test) : "";
      return !source.includes(page) && !source.includes("DOC_PAGES");
    });
    expect(wrong).toEqual([]);
    expect(proofs.length).toBeGreaterThan(0);
  });

  it("have the mark of an account if they need one", () => {
    for (const block of blocks.filter(isMarked)) expect(block.text, place(block)).toMatch(ACCOUNT_COMMAND);
    const marked = new Set(blocks.filter(isMarked).map(({ page }) => page));
    expect(marked.size).toBeGreaterThan(1);
    for (const page of marked) expect(read(page).split(`\`${NEEDS_ACCOUNT}\``), page).toHaveLength(2);
  });

  it("are commands of a workflow if the reason states that CI runs them", () => {
    const workflow = read(".github/workflows/check.yml");
    const commands = blocks.filter((block) => proofOf(block) === RUN_BY_CI).flatMap(commandsOf);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(workflow).toContain(`- run: ${command}`);
  });

  it.each(blocks.filter(({ language }) => language === "json").map((block) => ({ at: place(block), ...block })))(
    "have valid JSON at $at",
    ({ text }) => {
      expect(() => JSON.parse(text)).not.toThrow();
    },
  );

  it("set only variables that the gateway or the deployment reads", () => {
    const known = new Set([...Object.keys(SETTING_DOCS), ...Object.keys(STAGE_VARIABLES), "AWS_REGION"]);
    const names = blocks.flatMap(commandsOf).flatMap((command) => {
      const [, set = "", removed] = VARIABLES.exec(command) ?? [];
      return removed === undefined ? [...set.matchAll(/([A-Z_]+)=/g)].map(([, name = ""]) => name) : [removed];
    });
    expect(names.filter((name) => !known.has(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(["PUSHER_CLUSTER", "GATEWAY_TRACING", "REALTIME_AUTH_MODE"]));
  });

  it("call only scripts that package.json has", () => {
    const { scripts }: { readonly scripts: object } = JSON.parse(read("package.json"));
    const called = DOC_PAGES.flatMap((page) => [
      ...read(page).matchAll(/\bnpm run (?:--silent )?([a-z][\w:]*\w)/g),
    ]).map(([, name = ""]) => name);
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe("a block", () => {
  it("has its place, its heading, the line above it, and its text without the indentation of a list", () => {
    const page = "# One\n\n```sh\n# no heading\nls\n```\n\n1. two:\n\n   ```ts a.ts\n   let a;\n     a = 1;\n   ```\n";
    expect(blocksIn("a.md", page)).toEqual([
      {
        page: "a.md",
        line: 3,
        language: "sh",
        file: undefined,
        text: "# no heading\nls\n",
        heading: "One",
        above: "# One",
      },
      {
        page: "a.md",
        line: 10,
        language: "ts",
        file: "a.ts",
        text: "let a;\n  a = 1;\n",
        heading: "One",
        above: "1. two:",
      },
    ]);
  });

  const shell = (text: string) => ({
    page: "docs/new.md",
    line: 1,
    language: "sh",
    file: undefined,
    text,
    heading: "",
    above: "",
  });

  it("has its lines as commands, without comments", () => {
    const text = "# first\nnpm ci   # installs\n\ncurl 'http://a/#b'\n";
    expect(commandsOf(shell(text))).toEqual(["npm ci", "curl 'http://a/#b'"]);
  });

  it("may have a command that continues on the next line", () => {
    expect(commandsOf(shell("curl -i \\\n  -X POST a\n"))).toEqual(["curl -i -X POST a"]);
  });

  it("needs a proof, unless it has the mark of an account", () => {
    expect(proofOf(shell("terraform apply\n"))).toBeUndefined();
    expect(proofOf(shell("REALTIME_AUTH_MODE=open npm start\n"))).toBeUndefined();
    expect(proofOf(shell(`${NEEDS_ACCOUNT}\nterraform apply\n`))).toEqual({ notRun: "it needs an AWS account" });
  });
});
