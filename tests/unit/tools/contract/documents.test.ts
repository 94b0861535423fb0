import { HTTP_PROBLEMS, ROUTE_PROBLEMS } from "@realtime-gateway/codes";
import { eventNames } from "@realtime-gateway/events";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FUNCTIONS, routesOf } from "../../../../functions/manifest.ts";
import { contractDocuments } from "../../../../tools/contract/documents.ts";
import { OPERATIONS } from "../../../../tools/contract/openapi-operations.ts";

const documents = contractDocuments("1.2.3");

describe("the contract documents", () => {
  it("have a schema for each event of the catalog", () => {
    const schemas = [...documents.keys()].filter((path) => path.startsWith("schemas/"));
    expect(schemas).toEqual(eventNames.map((name) => `schemas/${name}.json`));
  });

  it("carry the version of the gateway", () => {
    for (const path of ["asyncapi.yaml", "openapi.yaml"])
      expect(parse(documents.get(path) ?? "")).toMatchObject({ info: { version: "1.2.3" } });
  });

  it("describe every route of the manifest, and no other", () => {
    const described = OPERATIONS.map(({ path }) => path).sort();
    expect(described).toEqual(
      routesOf(FUNCTIONS, "")
        .map(({ path }) => path)
        .sort(),
    );
  });

  it("name a route for every problem code but those of unknown routes", () => {
    const named = new Set<string>(Object.values(ROUTE_PROBLEMS).flat());
    const missing = Object.keys(HTTP_PROBLEMS).filter((code) => !named.has(code));
    expect(missing).toEqual(["not_found", "method_not_allowed"]);
  });

  it("list each event under the channels that carry it", () => {
    const { channels } = parse(documents.get("asyncapi.yaml") ?? "");
    expect(Object.keys(channels.audit.messages)).toEqual(eventNames.filter((name) => name.startsWith("audit.")));
    expect(Object.keys(channels.job.messages)).toEqual(eventNames.filter((name) => name.startsWith("fiches.")));
    expect(Object.keys(channels.global.messages)).toEqual(["batch.progress", "batch.completed", "notification"]);
  });
});
