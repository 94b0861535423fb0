import { readFileSync } from "node:fs";
import type { StackOptions } from "@realtime-gateway/local";
import { parse } from "yaml";
import { BASE_PATH } from "../../functions/manifest.ts";
import type { HttpStream, RequestObservation } from "../../packages/local/src/http-api/http-api.ts";
import type { HttpResponse } from "../../packages/local/src/http-api/response.ts";
import { createAjv } from "./contract-ajv.ts";

/** The parts of an OpenAPI document that an answer can break. */
interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: ApiResponses }>>>>;
  readonly components: {
    readonly headers: Readonly<Record<string, ApiHeader>>;
    readonly schemas: Readonly<Record<string, object>>;
  };
}
type ApiResponses = Readonly<Record<string, ApiResponse>>;
interface ApiResponse {
  readonly headers: Readonly<Record<string, { readonly $ref: string }>>;
  readonly content: Readonly<Record<string, { readonly schema: object }>>;
}
interface ApiHeader {
  readonly required: boolean;
  readonly schema: object;
}

const PAGE = new URL("../../docs/contract/openapi.yaml", import.meta.url);
const document: OpenApiDocument = parse(readFileSync(PAGE, "utf8"));

/** The document describes other methods of a route in words only. */
const NOT_ALLOWED: ApiResponse = {
  headers: {},
  content: {
    "application/problem+json": {
      schema: {
        allOf: [
          { $ref: "#/components/schemas/Problem" },
          { type: "object", properties: { status: { const: 405 }, code: { const: "method_not_allowed" } } },
        ],
      },
    },
  },
};
/** The HTTP API itself answers a request that is too large. */
const REQUEST_TOO_LARGE: readonly number[] = [413, 431];

/** Compares real answers with `docs/contract/openapi.yaml`. */
export function createAnswerCheck(basePath: string = BASE_PATH) {
  const ajv = createAjv().addKeyword("components");
  const validators = new Map<object, ReturnType<typeof ajv.compile>>();
  const violations: string[] = [];

  function faultOf(schema: object, value: unknown): string | undefined {
    const known = validators.get(schema);
    const validate = known ?? ajv.compile({ components: document.components, ...schema });
    validators.set(schema, validate);
    return validate(value) ? undefined : ajv.errorsText(validate.errors);
  }

  function headerFaults({ headers }: ApiResponse, answered: HttpResponse["headers"]): readonly string[] {
    return Object.entries(headers).flatMap(([name, { $ref }]) => {
      const header = document.components.headers[$ref.split("/").at(-1) ?? ""];
      const value = answered[name.toLowerCase()];
      if (header === undefined || (value === undefined && !header.required)) return [];
      const fault = faultOf(header.schema, value);
      return fault === undefined ? [] : [`the header ${name} is ${value}: ${fault}`];
    });
  }

  function bodyFaults({ content }: ApiResponse, { headers, body }: HttpResponse): readonly string[] {
    const mediaType = headers["content-type"]?.split(";")[0] ?? "none";
    const schema = content[mediaType]?.schema;
    if (schema === undefined) return [`the content type is ${mediaType}`];
    const text = body.toString();
    const fault = faultOf(schema, parsed(text));
    return fault === undefined ? [] : [`${fault}: ${text}`];
  }

  return {
    violations,
    check({ method, path, error }: RequestObservation, response: HttpResponse | HttpStream): void {
      const operations = path.startsWith(basePath) ? document.paths[path.slice(basePath.length)] : undefined;
      // No function answers with a stream.
      if (operations === undefined || "open" in response) return;
      const { status, headers } = response;
      const violate = (faults: readonly string[]) =>
        violations.push(...faults.map((fault) => `${method} ${path} answered ${status}, but ${fault}`));
      if (error !== undefined) {
        if (!REQUEST_TOO_LARGE.includes(status)) violate([`the function did not answer: ${error}`]);
        return;
      }
      if (method === "OPTIONS" && status === 204) return;
      const operation = operations[method === "HEAD" ? "get" : method.toLowerCase()];
      const expected = operation === undefined ? otherMethod(status) : operation.responses[status];
      if (expected === undefined) return void violate(["the document lists no such status"]);
      violate(headerFaults(expected, headers));
      if (operation === undefined && headers.allow === undefined) violate(["the header Allow is missing"]);
      if (method !== "HEAD") violate(bodyFaults(expected, response));
    },
  };
}

const otherMethod = (status: number): ApiResponse | undefined => (status === 405 ? NOT_ALLOWED : undefined);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type CheckedOptions = Pick<StackOptions, "env" | "onRequest">;

/** Starts a stack whose `stop` rejects if an answer broke the document. It stops first. */
export async function startChecked<Options extends CheckedOptions, Started extends { stop(): Promise<void> }>(
  start: (options: Options) => Promise<Started>,
  options: Options,
): Promise<Started> {
  const { check, violations } = createAnswerCheck(options.env?.REALTIME_BASE_PATH?.replace(/\/$/, ""));
  const started = await start({
    ...options,
    onRequest(request: RequestObservation, response: HttpResponse | HttpStream) {
      check(request, response);
      options.onRequest?.(request, response);
    },
  });
  return {
    ...started,
    async stop() {
      await started.stop();
      if (violations.length > 0) throw new Error(`docs/contract/openapi.yaml is broken:\n${violations.join("\n")}`);
    },
  };
}
