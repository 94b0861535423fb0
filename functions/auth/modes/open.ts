import { Denial } from "../denial.ts";
import type { Authenticate, Identity } from "../identity.ts";

/** Mode `open` has no users: it allows every channel of the gateway to every sender. */
const ANONYMOUS: Identity = {
  checkConnection: () => "allowed",
  checkChannel: () => "allowed",
  memberOn: (socketId) => ({ id: `anonymous-${socketId}` }),
  signInUser: () =>
    new Denial(403, "users_unknown", "Sign-in needs users; with REALTIME_AUTH_MODE=open there are none"),
};

export const authenticateAnonymously: Authenticate = async () => ANONYMOUS;
