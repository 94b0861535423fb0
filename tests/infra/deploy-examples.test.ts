import { describe, expect, it } from "vitest";
import { blocksOf } from "../support/doc-blocks.ts";
import { faultsWith } from "./plan.ts";

const examples = blocksOf("docs/deploy.md").flatMap(({ language, text }) => (language === "sh" ? [text] : []));

const SETTING = /\b((?:GATEWAY|REALTIME|PUSHER)_\w+)=(\S+)/g;

/** The settings that an example exports. The readers replace `…` by a value of their own. */
const settingsIn = (example: string): Record<string, string> =>
  Object.fromEntries(
    example
      .split("\n")
      .filter((line) => line.startsWith("export "))
      .flatMap((line) => [...line.replace(/ #.*/, "").matchAll(SETTING)])
      .map(([, name = "", value = ""]) => [name, value.replace("…", "a1b2")]),
  );

const withSettings = examples.filter((example) => Object.keys(settingsIn(example)).length > 0);

describe("docs/deploy.md", () => {
  it("has examples of settings", () => {
    const names = withSettings.flatMap((example) => Object.keys(settingsIn(example)));
    expect(names).toEqual(expect.arrayContaining(["GATEWAY_PRODUCER_TOPICS", "GATEWAY_DOMAIN", "GATEWAY_FRONT"]));
  });

  it.each(withSettings)("exports only settings that a deployment accepts, in example %#", (example) => {
    const settings: Record<string, string> = { AWS_REGION: "eu-west-1", ...settingsIn(example) };
    expect(faultsWith(settings)).toEqual([]);
  });

  it("passes valid JSON to EventBridge", () => {
    const targets = [...examples.join("").matchAll(/--targets '(\[.*\])'$/gm)].map(([, json = ""]) => json);
    expect(targets).toHaveLength(1);
    for (const json of targets) expect(JSON.parse(json.replaceAll(`'"$QUEUE_ARN"'`, "arn"))).toHaveLength(1);
  });
});
