import { readFileSync } from "node:fs";
import type { PusherServer } from "@realtime-gateway/pusher-server";
import { parse } from "yaml";
import { createAjv } from "./contract-ajv.ts";

/** The parts of the document that the tests read. */
interface ControlDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const URI = "pusher-server.yaml";
export const CONTROL_DOCUMENT: ControlDocument = parse(
  readFileSync(new URL("../../docs/contract/pusher-server.yaml", import.meta.url), "utf8"),
);
const ajv = createAjv().addVocabulary(["openapi", "info", "servers", "security", "paths", "components", "example"]);
ajv.addSchema({ $id: URI, ...CONTROL_DOCUMENT });

/** JSON Pointer (RFC 6901) inside of a URI fragment. */
const pointer = (...names: readonly string[]): string =>
  names.map((name) => `/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");

export interface ControlReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Sends one request to the control API. Throws if the document does not describe the answer. */
export async function callControl(
  { url }: Pick<PusherServer, "url">,
  method: string,
  target: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<ControlReply> {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${url}/_control/${target}`, {
    method,
    headers,
    ...(text !== undefined && { body: text }),
  });
  const answer = await response.text();
  const reply = {
    status: response.status,
    headers: response.headers,
    body: answer === "" ? undefined : JSON.parse(answer),
  };
  checkReply(method.toLowerCase(), `/_control/${target.replace(/\?.*/, "")}`, reply);
  return reply;
}

function checkReply(method: string, path: string, { status, headers, body }: ControlReply): void {
  // The document describes 404 and 405 for unknown routes, and 413, in words.
  const described = status !== 413 && CONTROL_DOCUMENT.paths[path]?.[method] !== undefined;
  if (status === 204) return;
  const validate = ajv.compile({
    $ref: `${URI}#${described ? schemaPointer(path, method, String(status), headers) : "/components/schemas/Problem"}`,
  });
  if (!validate(body)) throw new Error(`${method} ${path} ${status}: ${ajv.errorsText(validate.errors)}`);
}

function schemaPointer(path: string, method: string, status: string, headers: Headers): string {
  const { responses } = Object(CONTROL_DOCUMENT.paths[path]?.[method]);
  const response = Object(responses)[status];
  if (response === undefined) throw new Error(`${method} ${path} has no answer ${status}`);
  const reference: unknown = Object(response).$ref;
  const place =
    typeof reference === "string" ? reference.slice(1) : pointer("paths", path, method, "responses", status);
  return place + pointer("content", headers.get("content-type") ?? "", "schema");
}
