import { printable } from "@realtime-gateway/command-line";
import type { ChannelOutlook, TokenExplanation } from "./explain-token.ts";

/** For a person. Texts of the token lose their control characters. */
export function renderExplanation(explanation: TokenExplanation): string {
  const { mode, verified, failure, facts, user } = explanation;
  const lines = [
    `mode      ${mode}`,
    verified === undefined
      ? "token     not read: REALTIME_AUTH_MODE=open has no users"
      : `token     ${verified ? "verified" : `denied by the check ${failure?.check}: ${failure?.detail}`}`,
    ...(failure ? [`do        ${failure.advice}`] : []),
    ...(failure && failure.settings.length > 0 ? [`compare   ${failure.settings.join(", ")}`] : []),
    ...Object.entries(facts).map(([name, value]) => `${name.padEnd(9)} ${value}`),
    ...(user === undefined ? [] : [`user      ${user}`]),
    ...grantLines(explanation),
    ...(explanation.channel ? [channelLine(explanation.channel)] : []),
  ];
  return `${lines.map(printable).join("\n")}\n`;
}

function grantLines({ mode, verified, grants }: TokenExplanation): readonly string[] {
  if (mode !== "jwt" || verified !== true) return [];
  if (grants === undefined)
    return ["opens     nothing: the token has no claim with grants (REALTIME_JWT_GRANTS_CLAIM)"];
  const opens = grants.opens.length > 0 ? grants.opens.join(", ") : "nothing";
  return [`opens     ${opens}${grants.ignored > 0 ? ` (${grants.ignored} ignored)` : ""}; global and realtime-test`];
}

function channelLine({ name, authorized, code, detail }: ChannelOutlook): string {
  const answer = authorized === "platform" ? "undecided" : authorized ? "authorized" : `denied (${code})`;
  return `channel   ${name}: ${answer}. ${detail}`;
}
