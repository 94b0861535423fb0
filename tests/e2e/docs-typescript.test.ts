import { readdirSync, readFileSync } from "node:fs";
import { expect, it, onTestFinished } from "vitest";
import { blocksOf, type DocBlock } from "../support/doc-blocks.ts";
import { createDocProject, type DocProject } from "../support/doc-project.ts";

const BROWSER = new URL("../../examples/browser/", import.meta.url);

/** What a reader's own page has. */
const OWN_PAGE = `
declare const key: string;
declare function getToken(): Promise<string>;
declare function refetchAudit(id: string): void;
declare function retrySoon(action: () => void): void;
declare function show(members: unknown): void;
`;

type DocFile = Pick<DocBlock, "file" | "text">;

const asFile = (file: string, text: string): DocFile => ({ file, text });

async function projectOf(blocks: readonly DocFile[]): Promise<DocProject> {
  const project = await createDocProject(blocks);
  onTestFinished(project.remove);
  return project;
}

it("the examples of examples/README.md pass the compiler's strict mode, with the files of examples/browser", async () => {
  const blocks = blocksOf("examples/README.md").filter(({ language }) => language === "ts");
  const project = await projectOf([
    asFile("own-page.d.ts", OWN_PAGE),
    ...readdirSync(BROWSER).map((file) => asFile(file, readFileSync(new URL(file, BROWSER), "utf8"))),
    ...blocks.map(({ text }, index) => asFile(`example-${index}.ts`, `${text}\nexport {};\n`)),
  ]);
  expect(blocks).not.toEqual([]);
  expect(await project.compile()).toBe("");
});
