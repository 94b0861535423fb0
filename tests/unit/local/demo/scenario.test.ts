import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { castOf, playAudit } from "../../../../packages/local/src/demo/scenario.ts";
import { createAjv } from "../../../support/contract-ajv.ts";

const schemaOf = (event: string): object =>
  JSON.parse(readFileSync(new URL(`../../../../docs/contract/schemas/${event}.json`, import.meta.url), "utf8"));

describe("an event of the demo", () => {
  const scenes = playAudit(castOf("7f3"));
  const ajv = createAjv();

  it.each(scenes.map(({ name, data }, index) => ({ name, data, index })))(
    "matches its schema: $index $name",
    ({ name, data }) => {
      const validate = ajv.getSchema(`${name}.json`) ?? ajv.compile(schemaOf(name));
      validate(data);
      expect(validate.errors ?? []).toEqual([]);
    },
  );
});
