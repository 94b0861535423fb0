import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** The channels that a request to `POST /auth` names. A malformed request names none. */
export function askedChannels({ body = "", isBase64Encoded }: APIGatewayProxyEventV2): readonly string[] {
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString() : body;
  try {
    const { channel_name: names } = Object(JSON.parse(text));
    const all: readonly unknown[] = Array.isArray(names) ? names : [names];
    return all.filter((name) => typeof name === "string");
  } catch {
    const fields = [...new URLSearchParams(text)];
    return fields.flatMap(([name, value]) => (/^channel_name(\[\d+\])?$/.test(name) ? [value] : []));
  }
}
