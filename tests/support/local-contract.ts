import { readFileSync } from "node:fs";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { ValidateFunction } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { parse } from "yaml";
import { createAjv } from "./contract-ajv.ts";

const DOCUMENT: Readonly<Record<string, unknown>> = parse(
  readFileSync(fileURLToPath(new URL("../../docs/contract/local.yaml", import.meta.url)), "utf8"),
);

const COMPONENTS = Object(DOCUMENT.components);
const ajv = createAjv();
const validators = new Map<unknown, ValidateFunction>();

/** Compiles a schema of the document. ajv reads JSON Schema only, so the document's schemas become its definitions. */
function compiled(schema: unknown): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const whole = JSON.stringify({ ...Object(schema), $defs: COMPONENTS.schemas });
  const validate = ajv.compile(JSON.parse(whole.replaceAll("#/components/schemas/", "#/$defs/")));
  validators.set(schema, validate);
  return validate;
}

/** The operations that the tests have called, such as `get /_realtime/events`. */
export const answered = new Set<string>();

export const operationsOf = (): readonly string[] =>
  Object.entries(Object(DOCUMENT.paths)).flatMap(([path, methods]) =>
    Object.keys(Object(methods)).map((method) => `${method} ${path}`),
  );

/** The schema of a frame of the stream. */
export const compileFrame = (): ValidateFunction => compiled(COMPONENTS.schemas.StreamFrame);

export interface StackAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

interface ControlRequest {
  readonly method?: "GET" | "POST" | "DELETE" | "OPTIONS" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or its text. */
  readonly body?: unknown;
}

/** Calls the control API of a stack, and checks the answer against the document. */
export async function callControl(url: string, path: string, sent: ControlRequest = {}): Promise<StackAnswer> {
  const { method = sent.body === undefined ? "GET" : "POST", headers = {}, body } = sent;
  const answer = await send(`${url}/_realtime/${path}`, method, headers, body);
  if (method === "GET" || method === "POST" || method === "DELETE") checkAnswer(method, `/_realtime/${path}`, answer);
  return answer;
}

/** `fetch` may set neither `Host` nor `Origin`. */
function send(url: string, method: string, headers: Readonly<Record<string, string>>, body: unknown) {
  return new Promise<StackAnswer>((resolve, reject) => {
    const outgoing = request(
      url,
      { method, headers: { "content-type": "application/json", ...headers } },
      (incoming) => {
        const { statusCode = 0, headers: answered } = incoming;
        text(incoming).then(
          (answer) =>
            resolve({ status: statusCode, headers: answered, body: answer === "" ? undefined : JSON.parse(answer) }),
          reject,
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.end(typeof body === "string" || body === undefined ? body : JSON.stringify(body));
  });
}

function checkAnswer(method: string, target: string, { status, headers, body }: StackAnswer): void {
  const [path = ""] = target.split("?");
  const template = /^\/_realtime\/events\/./.test(path) ? "/_realtime/events/{id}" : path;
  const operation = Object(Object(DOCUMENT.paths)[template])[method.toLowerCase()];
  const what = `${method} ${path} ${status}`;
  // Unknown paths and methods have answers without an operation.
  if (operation === undefined) {
    expectValid(COMPONENTS.schemas.Problem, body, what);
    return;
  }
  answered.add(`${method.toLowerCase()} ${template}`);
  const { content } = resolved(operation.responses[status]);
  const type = String(headers["content-type"]);
  expect(Object.keys(Object(content)), what).toContain(type);
  expectValid(content[type].schema, body, what);
}

function resolved(response: unknown) {
  const { $ref: ref } = Object(response);
  return Object(typeof ref === "string" ? COMPONENTS.responses[ref.slice(ref.lastIndexOf("/") + 1)] : response);
}

function expectValid(schema: unknown, value: unknown, what: string): void {
  const validate = compiled(schema);
  validate(value);
  expect(validate.errors ?? [], `${what}: ${JSON.stringify(value)}`).toEqual([]);
}
