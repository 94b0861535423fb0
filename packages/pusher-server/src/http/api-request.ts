/** A request to the HTTP API, parsed but not yet authenticated. */
export interface ApiRequest {
  readonly method: string;
  /** The path with its percent escapes, because clients sign it in this form. */
  readonly rawPath: string;
  readonly query: readonly QueryParameter[];
  readonly body: Buffer;
}

export interface QueryParameter {
  readonly name: string;
  readonly value: string;
  /** The value with its percent escapes. */
  readonly rawValue: string;
}

export function unescapePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function parseTarget(target: string): Pick<ApiRequest, "rawPath" | "query"> {
  const mark = target.indexOf("?");
  if (mark === -1) return { rawPath: target, query: [] };
  const pairs = target
    .slice(mark + 1)
    .split("&")
    .filter((pair) => pair !== "");
  return { rawPath: target.slice(0, mark), query: pairs.map(parsePair) };
}

function parsePair(pair: string): QueryParameter {
  const equals = pair.indexOf("=");
  const [name, rawValue] = equals === -1 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
  return { name: unescapePercent(name), value: unescapePercent(rawValue), rawValue };
}

export function parameter(request: Pick<ApiRequest, "query">, name: string): string | undefined {
  return request.query.find((entry) => entry.name.toLowerCase() === name)?.value;
}
