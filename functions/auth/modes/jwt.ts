import { entitlementOf, type Grants, type RequestedChannel, readGrants } from "@realtime-gateway/access";
import { createUserTokenReader } from "@realtime-gateway/access/tokens";
import type { JwtModeSettings } from "@realtime-gateway/settings";
import { bearerTokenIn } from "../../http/bearer.ts";
import { type AccessVerdict, Denial, denialOf } from "../denial.ts";
import { type Authenticate, type AuthModeDeps, type Identity, type User, userOf } from "../identity.ts";
import { type CheckOwner, createOwnership } from "../ownership.ts";

const MISSING = new Denial(401, "missing_credentials", "Send Authorization: Bearer with a token");

/** Mode `jwt`: a bearer token names the user and lists the grants. */
export function createJwtAuthentication(settings: JwtModeSettings, deps: AuthModeDeps): Authenticate {
  const readToken = createUserTokenReader(settings, deps);
  const checkOwner = settings.ownership && createOwnership(settings.ownership, deps);
  return async (header) => {
    const text = bearerTokenIn(header("authorization"));
    if (text === undefined) return MISSING;
    const reading = await readToken(text);
    if (!reading.ok) return denialOf(reading.failure);
    const { userId, claims, grantsClaim } = reading.token;
    const user = userOf(userId, claims, grantsClaim?.userInfo, settings.userInfoClaims);
    return identityOf(user, grantsClaim && readGrants(grantsClaim.channels), checkOwner);
  };
}

const identityOf = (user: User, grants: Grants | undefined, checkOwner: CheckOwner | undefined): Identity => ({
  checkConnection: () => "allowed",
  checkChannel: (requested) => checkEntitlement(user, grants, requested, checkOwner),
  memberOn: () => user,
  signInUser: () => user,
});

function checkEntitlement(
  { id: userId }: User,
  grants: Grants | undefined,
  { name, channel }: RequestedChannel,
  checkOwner: CheckOwner | undefined,
): AccessVerdict | Promise<AccessVerdict> {
  const entitlement = entitlementOf(channel, grants, checkOwner !== undefined);
  if (entitlement.kind === "allowed") return "allowed";
  if (entitlement.kind === "denied") return new Denial(403, entitlement.code, entitlement.detail);
  if (checkOwner === undefined) throw new Error("an owner is asked for only if the platform can be asked");
  return checkOwner({ userId, entity: entitlement.entity, channel: name });
}
