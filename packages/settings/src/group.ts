import type { Setting } from "./setting.ts";

/** Variables of the environment, by name. An empty variable counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Variables = Readonly<Record<string, Setting<unknown>>>;

/** What variables have been read to. */
export type ValuesOf<V extends Variables> = {
  readonly [Name in keyof V]: V[Name] extends Setting<infer T> ? T : never;
};

/** Variables that are read together, and the plain values they become. */
export interface SettingGroup<T> {
  /** How each variable is read, in the order of the README's table. */
  readonly variables: Variables;
  read(env: Environment): Reading<T>;
}

/** The values; or every fault, each with its variable's name and without its value. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly string[] };

/** `contradictions` says what is wrong with variables that are each well-formed. */
export function createGroup<V extends Variables, T>(
  variables: V,
  shape: (values: ValuesOf<V>) => T,
  contradictions: (env: Environment) => readonly string[] = () => [],
): SettingGroup<T> {
  return {
    variables,
    read(env) {
      const values: Record<string, unknown> = {};
      const faults: string[] = [];
      for (const [name, setting] of Object.entries(variables)) {
        const reading = setting.read(env[name]);
        if (reading.ok) values[name] = reading.value;
        else faults.push(`${name} ${reading.fault}`);
      }
      faults.push(...contradictions(env));
      // Each value is what its own setting has read: what `ValuesOf` says, and TypeScript does not follow through a loop.
      return faults.length > 0 ? { ok: false, faults } : { ok: true, value: shape(values as ValuesOf<V>) };
    },
  };
}

/** Both groups' variables, values and faults. */
export function both<A, B>(first: SettingGroup<A>, second: SettingGroup<B>): SettingGroup<A & B> {
  return {
    variables: { ...first.variables, ...second.variables },
    read(env) {
      const [a, b] = [first.read(env), second.read(env)];
      if (a.ok && b.ok) return { ok: true, value: { ...a.value, ...b.value } };
      // Two functions' settings have Pusher's in common, whose faults count once.
      return { ok: false, faults: [...new Set([a, b].flatMap((reading) => (reading.ok ? [] : reading.faults)))] };
    },
  };
}
