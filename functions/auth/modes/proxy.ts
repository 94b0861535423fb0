import { createAssertionReader } from "@realtime-gateway/access/tokens";
import type { ProxyModeSettings } from "@realtime-gateway/settings";
import { Denial, denialOf } from "../denial.ts";
import { type Authenticate, type AuthModeDeps, userOf } from "../identity.ts";

export const ASSERTION_HEADER = "x-realtime-assertion";

const MISSING = new Denial(401, "missing_credentials", `The trusted server sends ${ASSERTION_HEADER}`);

/** Mode `proxy`: a trusted server asserts the user, for one connection, for some channels, for a minute at most. */
export function createProxyAuthentication(
  settings: ProxyModeSettings,
  { now }: Pick<AuthModeDeps, "now">,
): Authenticate {
  const readAssertion = createAssertionReader(settings, now);
  return async (header) => {
    const text = header(ASSERTION_HEADER);
    if (text === undefined || text === "") return MISSING;
    const reading = await readAssertion(text);
    if (!reading.ok) return denialOf(reading.failure);
    const { userId, socketId, channels, claims } = reading.assertion;
    const user = userOf(userId, claims, claims.user_info, settings.userInfoClaims);
    return {
      checkConnection: (asked) =>
        asked === socketId ? "allowed" : mismatch("The assertion is for another connection"),
      checkChannel: ({ name }) => (channels?.has(name) ? "allowed" : mismatch("The assertion is for other channels")),
      memberOn: () => user,
      // An assertion for channels must not sign its user in.
      signInUser: () => (channels === undefined ? user : mismatch("The assertion is for channels, not for a sign-in")),
    };
  };
}

const mismatch = (detail: string): Denial => new Denial(403, "assertion_mismatch", detail);
