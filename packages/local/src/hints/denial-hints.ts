import { type ExplainDeps, explainToken, type TokenExplanation } from "@realtime-gateway/operations/token";
import type { AccessSettings } from "@realtime-gateway/settings";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { askedChannels } from "./asked-channels.ts";
import { type Hint, hint } from "./hint.ts";

interface DeniedChannel {
  readonly channel: string;
  readonly code: string;
  readonly detail: string;
}

/**
 * Explains each channel that the auth function denied: the user, the grants, and the claim that failed. The function itself
 * answers with the code alone. Only the developer reads the console of this machine, so it may show more.
 */
export async function denialHints(
  event: APIGatewayProxyEventV2,
  result: unknown,
  settings: AccessSettings,
  deps: ExplainDeps,
): Promise<readonly Hint[]> {
  const denied = deniedChannels(event, result);
  if (denied.length === 0) return [];
  const token = tokenIn(event);
  const explanation = token === undefined ? undefined : await explainToken(settings, token, undefined, deps);
  const about = explanation && token !== undefined ? ` ${describe(explanation, token)}` : "";
  return denied.map(({ channel, code, detail }) =>
    hint("subscription_denied", `${channel} is denied (${code}): ${detail}.${about}`, channel),
  );
}

/** The answer is a problem, or one for each channel of a batch. */
function deniedChannels(event: APIGatewayProxyEventV2, result: unknown): readonly DeniedChannel[] {
  const { statusCode, body } = Object(result);
  if (statusCode !== 200 && statusCode !== 401 && statusCode !== 403) return [];
  const answer = objectIn(body);
  const asked = askedChannels(event);
  if (statusCode !== 200) return asked.map((channel) => ({ channel, ...problemIn(answer) }));
  return asked.flatMap((channel) => {
    const { status, data } = Object(Object.hasOwn(answer, channel) ? answer[channel] : undefined);
    return status === 401 || status === 403 ? [{ channel, ...problemIn(Object(data)) }] : [];
  });
}

type Fields = Readonly<Record<string, unknown>>;

const problemIn = ({ code, detail }: Fields) => ({ code: String(code), detail: String(detail).replace(/\.$/, "") });

function objectIn(text: unknown): Fields {
  try {
    return Object(JSON.parse(String(text)));
  } catch {
    return {};
  }
}

const tokenIn = ({ headers }: APIGatewayProxyEventV2): string | undefined =>
  headers["x-realtime-assertion"] ?? /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];

/** `User u1 has grants for audit-7.` or `The check audience failed: … The token has aud=x; compare REALTIME_JWT_AUDIENCE.` */
function describe({ mode, failure, facts, user, grants }: TokenExplanation, token: string): string {
  if (failure !== undefined) {
    const claims = Object.entries({ ...subject(token), ...facts }).map(([name, value]) => `${name}=${value}`);
    const compare = failure.settings.length > 0 ? ` Compare ${failure.settings.join(", ")}.` : "";
    return `The check ${failure.check} failed. The token, unverified, has ${claims.join(", ") || "no claims"}.${compare}`;
  }
  const who = `The user is ${user}`;
  if (mode !== "jwt") return `${who}.`;
  if (grants === undefined) return `${who}. The token has no claim with grants (REALTIME_JWT_GRANTS_CLAIM).`;
  const ignored = grants.ignored > 0 ? ` (${grants.ignored} more grant nothing)` : "";
  return `${who}, with grants for ${grants.opens.join(", ") || "nothing"}${ignored}.`;
}

function subject(token: string): Fields {
  const { sub } = objectIn(Buffer.from(token.split(".")[1] ?? "", "base64url"));
  return typeof sub === "string" ? { sub } : {};
}
