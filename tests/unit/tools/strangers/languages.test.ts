import { expect, it } from "vitest";
import { LANGUAGES, programFor } from "../../../../tools/strangers/languages.ts";

const language = { name: "Node", probe: ["-e", ""], run: [], packages: "nodejs" };

it("has Python, Ruby, PHP and Go", () => {
  expect(LANGUAGES.map(({ name }) => name)).toEqual(["Python", "Ruby", "PHP", "Go"]);
});

it("takes the first program that has everything", async () => {
  const programs = ["no-such-program", process.execPath, "never-tried"];
  expect(await programFor({ ...language, programs })).toBe(process.execPath);
});

it("takes no program without what the session needs", async () => {
  const probe = ["-e", 'require("no-such-package")'];
  expect(await programFor({ ...language, probe, programs: [process.execPath] })).toBeUndefined();
});
