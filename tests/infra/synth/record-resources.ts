import { plainRecord, plainValue } from "./plain-values.ts";
import type { Resource } from "./synthesis.ts";

/** The requests of Pulumi's monitor for mocks, with the members that the tests read. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getCustom(): boolean;
  getParent(): string;
  getProvider(): string;
  getProtect(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
  getObject(): Struct | undefined;
}
interface RegisterAnswer {
  getUrn(): string;
  getObject(): Struct | undefined;
}
interface OutputsRequest {
  getUrn(): string;
  getOutputs(): Struct | undefined;
}
interface Struct {
  toJavaScript(): object;
}
type Callback<T> = (error: unknown, answer: T) => void;

export interface MonitorClass {
  readonly prototype: {
    registerResource(request: RegisterRequest, callback: Callback<RegisterAnswer>): Promise<void>;
    registerResourceOutputs(request: OutputsRequest, callback: Callback<unknown>): unknown;
  };
}

/** Collects the registered resources, with the options that Pulumi's mocks drop. */
export function recordResources({ prototype }: MonitorClass): ReadonlyMap<string, Resource> {
  const byUrn = new Map<string, Resource>();
  const { registerResource, registerResourceOutputs } = prototype;
  prototype.registerResource = function register(request, callback) {
    return registerResource.call(this, request, (error, answer) => {
      if (!error) byUrn.set(answer.getUrn(), resourceOf(request, answer));
      callback(error, answer);
    });
  };
  prototype.registerResourceOutputs = function registerOutputs(request, callback) {
    const known = byUrn.get(request.getUrn());
    const outputs = request.getOutputs()?.toJavaScript();
    if (known && outputs) byUrn.set(known.urn, { ...known, outputs: plainRecord(outputs) });
    return registerResourceOutputs.call(this, request, callback);
  };
  return byUrn;
}

function resourceOf(request: RegisterRequest, answer: RegisterAnswer): Resource {
  const secrets: string[] = [];
  const inputs = plainRecord(request.getObject()?.toJavaScript() ?? {}, (path) => void secrets.push(path));
  return {
    urn: answer.getUrn(),
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent(),
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    provider: request.getProvider(),
    inputs,
    outputs: plainRecord(answer.getObject()?.toJavaScript() ?? {}),
    secrets,
  };
}

export const plainOutputs = (outputs: unknown): Record<string, unknown> => {
  const plain = plainValue(outputs);
  return typeof plain === "object" && plain !== null ? { ...plain } : {};
};
