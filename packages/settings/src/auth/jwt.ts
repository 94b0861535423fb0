import { both, createGroup, type SettingGroup } from "../group.ts";
import { listOf, optional, parsed, withDefault } from "../setting.ts";
import type { DocsOf } from "../setting-doc.ts";
import { type JwtKeySettings, jwtKeySettings } from "./jwt-keys.ts";
import { type OwnershipSettings, ownershipSettings } from "./ownership.ts";
import { userInfoSettings } from "./user-info.ts";

/** Users bring a token that an issuer signed. */
export interface JwtModeSettings extends JwtKeySettings {
  readonly mode: "jwt";
  /** A token's `iss` must be one of these. */
  readonly issuer: readonly string[];
  /** A token must name one of these. */
  readonly audience: readonly string[];
  /** Clients whose tokens are accepted without an audience. */
  readonly clientIds: readonly string[];
  /** The claim with the user's id: its name, or a path. */
  readonly userClaim: string;
  /** The claim with the grants: its name, or a path. */
  readonly grantsClaim: string;
  /** `undefined`: a channel that no grant covers is denied. */
  readonly ownership: OwnershipSettings | undefined;
  readonly userInfoClaims: readonly string[];
}

const DEFAULT_USER_CLAIM = "sub";
const DEFAULT_GRANTS_CLAIM = "realtime";

/** One line of text. */
const lineOf = (item: string): string | undefined => (/^.+$/.test(item) ? item : undefined);

const issuerList = listOf(lineOf, "");
const ISSUER_FAULT = "must be issuers on one line, separated by commas, without white space around it";

/** Users write these members of their account themselves: with one of them, they could grant themselves everything. */
const WRITTEN_BY_USERS = new Set(["user_metadata", "userMetadata", "unsafe_metadata", "unsafeMetadata"]);

const claimName = parsed(
  (text) =>
    /^\S(?:.*\S)?$/.test(text) && !text.split(".").some((part) => WRITTEN_BY_USERS.has(part)) ? text : undefined,
  "must be the name of a claim, or a path such as app_metadata.realtime, that users cannot write: no user_metadata, no unsafe_metadata",
);

const variables = {
  REALTIME_JWT_ISSUER: parsed((text) => {
    const reading = /^\S(?:.*\S)?$/.test(text) ? issuerList.read(text) : undefined;
    return reading?.ok ? reading.value : undefined;
  }, ISSUER_FAULT),
  REALTIME_JWT_AUDIENCE: listOf(lineOf, "must be audiences, separated by commas"),
  REALTIME_JWT_CLIENT_ID: optional(listOf(lineOf, "must be clients, separated by commas")),
  REALTIME_JWT_USER_CLAIM: withDefault(claimName, DEFAULT_USER_CLAIM),
  REALTIME_JWT_GRANTS_CLAIM: withDefault(claimName, DEFAULT_GRANTS_CLAIM),
};

const claimSettings = createGroup(
  variables,
  (env) =>
    ({
      mode: "jwt",
      issuer: env.REALTIME_JWT_ISSUER,
      audience: env.REALTIME_JWT_AUDIENCE,
      clientIds: env.REALTIME_JWT_CLIENT_ID ?? [],
      userClaim: env.REALTIME_JWT_USER_CLAIM,
      grantsClaim: env.REALTIME_JWT_GRANTS_CLAIM,
    }) as const,
);

export const jwtModeSettings: SettingGroup<JwtModeSettings> = both(
  both(jwtKeySettings, claimSettings),
  both(ownershipSettings, userInfoSettings),
);

export const jwtDocs = (): DocsOf<typeof variables> => ({
  REALTIME_JWT_ISSUER: {
    meaning:
      "`jwt`: the `iss` of every token, to the last slash; required. One of several, separated by commas, is enough",
  },
  REALTIME_JWT_AUDIENCE: {
    meaning: "`jwt`: every token's `aud` must contain it; required. One of several, separated by commas, is enough",
  },
  REALTIME_JWT_CLIENT_ID: {
    meaning:
      "`jwt`: accepts tokens without `aud` whose `client_id` or `azp` is this one, or one of several, separated by commas",
    fallback: "none: a token without `aud` is denied",
  },
  REALTIME_JWT_USER_CLAIM: {
    meaning: "`jwt`: the claim with the user's id, by its name or by a path such as `app.user_id`",
    fallback: `\`${DEFAULT_USER_CLAIM}\``,
  },
  REALTIME_JWT_GRANTS_CLAIM: {
    meaning:
      "`jwt`: the claim with the grants, by its name or by a path such as `app_metadata.realtime`; an object or its JSON text",
    fallback: `\`${DEFAULT_GRANTS_CLAIM}\``,
  },
});
