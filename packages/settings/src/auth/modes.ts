import { type Environment, readVariables, type SettingGroup, type SettingsOf, type Variables } from "../group.ts";
import { oneOf } from "../setting.ts";
import type { SettingDoc } from "../setting-doc.ts";
import { jwtModeSettings } from "./jwt.ts";
import { openModeSettings } from "./open.ts";
import { proxyModeSettings } from "./proxy.ts";

/** The settings of each mode, by the value of `REALTIME_AUTH_MODE`. The first is the default. A new mode is one line here. */
export const AUTH_MODE_SETTINGS = {
  open: openModeSettings,
  jwt: jwtModeSettings,
  proxy: proxyModeSettings,
} as const;

export type AuthModeSettingsByName = {
  readonly [Name in keyof typeof AUTH_MODE_SETTINGS]: SettingsOf<(typeof AUTH_MODE_SETTINGS)[Name]>;
};

/** The settings of the chosen mode. `mode` names it. */
export type AuthModeSettings = AuthModeSettingsByName[keyof AuthModeSettingsByName];

interface AuthModeTable<S> {
  readonly [name: string]: SettingGroup<S>;
}

/** Reads `REALTIME_AUTH_MODE` first, then the variables of that mode. A variable of another mode is a fault. */
export function createAuthModeGroup<S>(modes: AuthModeTable<S>): SettingGroup<{ readonly auth: S }> {
  const [first = "", ...others] = Object.keys(modes);
  const modeVariable = oneOf(first, ...others);
  const modeVariables = Object.fromEntries(Object.values(modes).flatMap(({ variables }) => Object.entries(variables)));
  return {
    variables: { REALTIME_AUTH_MODE: modeVariable, ...modeVariables },
    read(env) {
      const chosen = modeVariable.read(env.REALTIME_AUTH_MODE);
      const mode = chosen.ok ? modes[chosen.value] : undefined;
      if (!chosen.ok || mode === undefined)
        return {
          ok: false,
          faults: [...(chosen.ok ? [] : [`REALTIME_AUTH_MODE ${chosen.fault}`]), ...malformedIn(env, modeVariables)],
        };
      const reading = mode.read(env);
      const misplaced = Object.keys(modeVariables)
        .filter((name) => env[name] !== undefined && !(name in mode.variables))
        .map((name) => `${name} needs REALTIME_AUTH_MODE=${modesWith(name, modes).join(" or ")}`);
      if (reading.ok && misplaced.length === 0) return { ok: true, value: { auth: reading.value } };
      return { ok: false, faults: [...(reading.ok ? [] : reading.faults), ...misplaced] };
    },
  };
}

const modesWith = <S>(name: string, modes: AuthModeTable<S>): readonly string[] =>
  Object.entries(modes).flatMap(([mode, { variables }]) => (name in variables ? [mode] : []));

/** Without a valid mode, no variable is required or misplaced. Those that are set must still be well-formed. */
const malformedIn = (env: Environment, variables: Variables): readonly string[] =>
  readVariables(Object.fromEntries(Object.entries(variables).filter(([name]) => env[name] !== undefined)), env).faults;

export const authModeSettings = createAuthModeGroup<AuthModeSettings>(AUTH_MODE_SETTINGS);

export const authModeDocs = (): { readonly REALTIME_AUTH_MODE: SettingDoc } => ({
  REALTIME_AUTH_MODE: {
    meaning:
      "decides who may subscribe; `open`: everybody, to every channel of the gateway, `jwt`: users with a token, `proxy`: users that a trusted server vouches for",
    fallback: "`open`",
  },
});
