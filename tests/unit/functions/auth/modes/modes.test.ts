import { AUTH_MODE_SETTINGS, type AuthModeSettings, createAuthModeGroup } from "@realtime-gateway/settings";
import { describe, expect, it } from "vitest";
import { createAuthApp } from "../../../../../functions/auth/app.ts";
import { Denial } from "../../../../../functions/auth/denial.ts";
import type { Authenticate } from "../../../../../functions/auth/identity.ts";
import { AUTH_MODES, createAuthenticate } from "../../../../../functions/auth/modes/modes.ts";
import { BASE_PATH } from "../../../../../functions/manifest.ts";
import { createGroup } from "../../../../../packages/settings/src/group.ts";
import { matching } from "../../../../../packages/settings/src/setting.ts";
import { answerOf } from "../../../../support/http-request.ts";
import { recordedLog } from "../../../../support/recorded-log.ts";
import { jwtEnvironment } from "../../../../support/settings.ts";

/** A fourth mode as a contributor adds it: its settings, its authentication, and one line in each of the two tables. */
interface TicketModeSettings {
  readonly mode: "ticket";
  readonly ticket: string;
}

const ticketModeSettings = createGroup(
  { REALTIME_TICKET: matching(/^\w+$/, "must be a word") },
  (env): TicketModeSettings => ({ mode: "ticket", ticket: env.REALTIME_TICKET }),
);

const createTicketAuthentication =
  ({ ticket }: TicketModeSettings): Authenticate =>
  async (header) =>
    header("x-ticket") === ticket
      ? {
          checkConnection: () => "allowed",
          checkChannel: ({ channel }) =>
            channel.kind === "global" ? "allowed" : new Denial(403, "not_granted", "A ticket opens one channel only"),
          memberOn: () => ({ id: "ticket" }),
          signInUser: () => ({ id: "ticket" }),
        }
      : new Denial(401, "missing_credentials", "Send a ticket");

const settings = createAuthModeGroup<AuthModeSettings | TicketModeSettings>({
  ...AUTH_MODE_SETTINGS,
  ticket: ticketModeSettings,
});
const modes = { ...AUTH_MODES, ticket: async () => createTicketAuthentication };

const env = { REALTIME_AUTH_MODE: "ticket", REALTIME_TICKET: "t1" };
const faultsOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  const reading = settings.read(environment);
  return reading.ok ? [] : reading.faults;
};

async function ask(ticket: string, channel: string) {
  const reading = settings.read(env);
  if (!reading.ok) throw new Error(reading.faults.join("\n"));
  const app = createAuthApp({
    config: { form: "private", basePath: BASE_PATH, allowedOrigins: [] },
    signer: { authorizeChannel: () => ({ auth: "signed" }), authenticateUser: () => ({ auth: "", user_data: "" }) },
    authenticate: createAuthenticate(modes, reading.value.auth, {
      fetch,
      now: Date.now,
      reportStaleKeys: () => {},
    }),
    log: recordedLog().log,
  });
  return answerOf(
    await app.request(`${BASE_PATH}/auth`, {
      method: "POST",
      headers: { "x-ticket": ticket, "content-type": "application/json" },
      body: JSON.stringify({ socket_id: "1.1", channel_name: channel }),
    }),
  );
}

describe("a fourth mode", () => {
  it("is a value of REALTIME_AUTH_MODE", () => {
    expect(faultsOf({ REALTIME_AUTH_MODE: "x" })).toEqual(["REALTIME_AUTH_MODE must be open, jwt, proxy or ticket"]);
  });

  it("requires its own settings", () => {
    expect(faultsOf({ REALTIME_AUTH_MODE: "ticket" })).toEqual(["REALTIME_TICKET is missing"]);
  });

  it("does not accept the settings of other modes", () => {
    expect(faultsOf({ ...env, REALTIME_JWT_ISSUER: "us" })).toEqual([
      "REALTIME_JWT_ISSUER needs REALTIME_AUTH_MODE=jwt",
    ]);
  });

  it("reserves its settings for itself", () => {
    expect(faultsOf({ ...jwtEnvironment, REALTIME_TICKET: "t1" })).toEqual([
      "REALTIME_TICKET needs REALTIME_AUTH_MODE=ticket",
    ]);
  });

  it("authorizes the channels that it allows", async () => {
    expect(await ask("t1", "private-global")).toMatchObject({ status: 200, body: { auth: "signed" } });
  });

  it("denies the channels that it does not allow", async () => {
    expect(await ask("t1", "private-audit-1")).toMatchObject({ status: 403, body: { code: "not_granted" } });
  });

  it("denies requests without its credentials", async () => {
    expect(await ask("t2", "private-global")).toMatchObject({ status: 401, body: { code: "missing_credentials" } });
  });
});
