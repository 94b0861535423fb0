import { blocksOf, DOC_PAGES, type DocBlock } from "./doc-blocks.ts";

/** How a block of the docs is known to be right: a test file, or the reason why no test runs it. */
export type Proof = { readonly test: string } | { readonly notRun: string };

/** The first line of a block of commands that needs more than this machine. Each page with such a block explains it. */
export const NEEDS_ACCOUNT = "# needs an AWS account";

const MESSAGES = "tests/e2e/messages.test.ts";
const BLOCKS = "tests/unit/docs/blocks.test.ts";
const FIRST_START = "tests/e2e/first-start.test.ts";
const PRODUCERS = "tests/e2e/producers-page.test.ts";
const PRODUCER = "tests/e2e/producer-readme.test.ts";
const CLIENT = "tests/integration/client/readme.test.ts";
const BROWSERS = "tests/e2e/browsers-page.test.ts";
const BROWSERS_REACT = "tests/integration/client/browsers-page-react.test.ts";
const MIGRATION = "tests/e2e/migration-page.test.ts";
const PUSHER_JS = "tests/e2e/pusher-js-page.test.ts";
const WEB_EXAMPLE = "tests/e2e/web-example.test.ts";
const PUSHER_SERVER = "tests/consumers/pusher-server-packed.test.ts";
const LOCAL = "tests/consumers/local-packed.test.ts";
const TYPESCRIPT = "tests/e2e/docs-typescript.test.ts";
/** The commands of somebody who operates a stage. */
const OPERATOR = "tests/e2e/docs-operator-commands.test.ts";
/** The commands of somebody who develops on their machine. */
const DEVELOPER = "tests/e2e/docs-developer-commands.test.ts";
/** The settings of the examples of docs/deploy.md, marked ones too. */
const DEPLOY_SETTINGS = "tests/infra/deploy-examples.test.ts";
const RECIPE = "tests/consumers/add-family.test.ts";

/** A workflow has each of these commands. A test compares them. */
export const RUN_BY_CI: Proof = { notRun: "CI runs these commands" };

interface Row {
  readonly page: RegExp;
  readonly language: RegExp;
  /** A part of the block's text. */
  readonly part?: RegExp;
  readonly proof: Proof;
}

const row = (page: RegExp, language: RegExp, proof: Proof, part?: RegExp): Row => ({
  page,
  language,
  proof,
  ...(part && { part }),
});

/** Only variables: the test compares their names with the settings. */
const SETTINGS_ALONE = /^(?:(?:(?:export )?(?:[A-Z_]+=\S+ *)+|unset [A-Z_]+ *)(?:#.*)?\n)+$/;

/** The first row that matches proves a block. */
const ROWS: readonly Row[] = [
  row(/^README\.md$/, /^json$/, { test: MESSAGES }),
  row(/^docs\/producers\.md$/, /^json$/, { test: MESSAGES }, /"_realtime"/),
  row(/^docs\/producers\.md$/, /^sh$/, { test: PRODUCER }, /^npx /),
  row(/^docs\/producers\.md$/, /^(?:sh|bash|python|json|sql|ts)$/, { test: PRODUCERS }),
  row(/./, /^json$/, { test: BLOCKS }),
  row(/^README\.md$/, /^js$/, { test: "tests/e2e/readme-examples.test.ts" }),
  row(/^packages\/producer\/README\.md$/, /^[jt]s$/, { test: PRODUCER }),
  row(/^packages\/client\/README\.md$/, /^tsx?$/, { test: CLIENT }),
  row(/^docs\/browsers\.md$/, /^ts$/, { test: BROWSERS }),
  row(/^docs\/browsers\.md$/, /^tsx$/, { test: BROWSERS_REACT }),
  row(/^docs\/migration\.md$/, /^ts$/, { test: MIGRATION }),
  row(/^docs\/pusher-js\.md$/, /^ts$/, { test: PUSHER_JS }),
  row(/^examples\/README\.md$/, /^ts$/, { test: TYPESCRIPT }),
  row(/^packages\/pusher-server\/README\.md$/, /^ts$/, { test: PUSHER_SERVER }),
  row(/^packages\/pusher-server\/README\.md$/, /^python$/, { test: PUSHER_SERVER }),
  row(/^packages\/local\/README\.md$/, /^ts$/, { test: LOCAL }),
  row(/^packages\/local\/README\.md$/, /^sh$/, { test: LOCAL }, /curl/),
  row(/^packages\/local\/README\.md$/, /^sh$/, { notRun: "it needs the registry; the tests run the packed command" }),
  row(/^CONTRIBUTING\.md$/, /^(?:ts|diff)$/, { test: RECIPE }),
  row(/^docs\/deploy\.md$/, /^sh$/, { test: DEPLOY_SETTINGS }, SETTINGS_ALONE),
  row(/./, /^sh$/, { test: BLOCKS }, SETTINGS_ALONE),
  row(/^docs\/(?:deploy|operations|issuers)\.md$/, /^sh$/, { test: OPERATOR }, /^(?!npm run (?:test|ric)\b)/),
  row(/^README\.md$/, /^sh$/, { test: DEVELOPER }, /^npm run pusher /),
  row(/^packages\/pusher-server\/README\.md$/, /^sh$/, { notRun: "it needs the registry" }, /^npm install /),
  row(/^packages\/pusher-server\/README\.md$/, /^sh$/, { test: PUSHER_SERVER }),
  row(/^examples\/README\.md$/, /^sh$/, { test: DEVELOPER }, /^find /),
  row(/^(?:README|examples\/web\/README)\.md$/, /^sh$/, { test: WEB_EXAMPLE }, /^npm run example(?: |$)/m),
  row(/^(?:README|docs\/local|examples\/README)\.md$/, /^sh$/, { test: FIRST_START }),
  row(/^CONTRIBUTING\.md$/, /^sh$/, { notRun: "CI runs its checks, and the README's tests run `npm start`" }),
  row(/^docs\/deploy\.md$/, /^sh$/, RUN_BY_CI, /^npm run test:infra\b/),
  row(/^packages\/(?:client|producer)\/README\.md$/, /^sh$/, { notRun: "it needs the registry" }, /^npm install /),
  row(/^packages\/producer\/README\.md$/, /^sh$/, { test: PRODUCER }, /^npm ci && npm start -- --no-demo\n$/),
  row(/^docs\/operations\.md$/, /^text$/, { notRun: "the tests of the saved queries check it, before it is written" }),
  row(/./, /^text$/, { notRun: "it is a drawing, or what another example prints" }),
];

export const isMarked = ({ language, text }: DocBlock): boolean =>
  language === "sh" && text.startsWith(`${NEEDS_ACCOUNT}\n`);

/** The proof of a block. `undefined` if there is none. */
export const proofOf = (block: DocBlock): Proof | undefined =>
  isMarked(block)
    ? { notRun: "it needs an AWS account" }
    : ROWS.find(
        ({ page, language, part }) =>
          page.test(block.page) && language.test(block.language) && (part?.test(block.text) ?? true),
      )?.proof;

/** The commands of a `sh` block, without comments. A line that ends in `\` continues. */
export const commandsOf = ({ language, text }: DocBlock): readonly string[] =>
  language === "sh"
    ? text
        .replaceAll(/\\\n\s*/g, "")
        .split("\n")
        .map((line) => line.replace(/(?:^|\s+)#(?: .*)?$/, "").trim())
        .filter((line) => line !== "")
    : [];

/**
 * The blocks of commands that a test file runs, each under a name and found by a part of its text. A block whose
 * commands are all in another one needs no name. Throws unless each other block has exactly one.
 */
export function blocksToRun<Name extends string>(test: string, parts: Readonly<Record<Name, string>>) {
  const claimed = DOC_PAGES.flatMap(blocksOf).filter((block) => testOf(block) === test);
  const blocks = claimed.filter((block, index) => !claimed.some((other, at) => contains(other, block, at < index)));
  const found = Object.entries<string>(parts).map(([name, part]) => {
    const matches = blocks.filter(({ text }) => text.includes(part));
    const [block] = matches;
    if (block === undefined || matches.length > 1)
      throw new Error(`${matches.length} blocks of commands contain "${part}" (${name})`);
    return { name, block };
  });
  const unnamed = blocks.filter((block) => found.filter((each) => each.block === block).length !== 1);
  if (unnamed.length > 0)
    throw new Error(`${test} needs one name for each of:\n${unnamed.map(({ text }) => text).join("\n")}`);
  return (name: Name): string => found.find((each) => each.name === name)?.block.text.trimEnd() ?? "";
}

function testOf(block: DocBlock): string | undefined {
  const proof = proofOf(block);
  return proof !== undefined && "test" in proof ? proof.test : undefined;
}

/** Whether a block has all commands of another one, and more. Of two equal blocks, the first one contains the other. */
function contains(block: DocBlock, other: DocBlock, isFirst: boolean): boolean {
  const [all, some] = [commandsOf(block), commandsOf(other)];
  return some.every((command) => all.includes(command)) && (all.length > some.length || isFirst);
}
