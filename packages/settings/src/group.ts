import type { Setting } from "./setting.ts";

/** The environment's variables by name. The reader has removed empty ones. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type Variables = Readonly<Record<string, Setting<unknown>>>;

/** The values that variables parse to. */
export type ValuesOf<V extends Variables> = {
  readonly [Name in keyof V]: V[Name] extends Setting<infer T> ? T : never;
};

/** Variables that belong together, parsed into one value. */
export interface SettingGroup<T> {
  /** In the order of the README's table. */
  readonly variables: Variables;
  read(env: Environment): SettingsReading<T>;
}

/** The value, or every fault. A fault names its variable and never contains a value. */
export type SettingsReading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly string[] };

/** The value that a group parses to. */
export type SettingsOf<G> = G extends SettingGroup<infer T> ? T : never;

interface VariableReadings<V extends Variables> {
  /** The values of the well-formed variables only. */
  readonly values: Partial<ValuesOf<V>>;
  readonly faults: readonly string[];
}

/** Parses each variable on its own. */
export function readVariables<V extends Variables>(variables: V, env: Environment): VariableReadings<V> {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, setting] of Object.entries(variables)) {
    const reading = setting.read(env[name]);
    if (reading.ok) values[name] = reading.value;
    else faults.push(`${name} ${reading.fault}`);
  }
  // Each setting parsed the value under its own name. TypeScript cannot follow that through the loop.
  return { values: values as Partial<ValuesOf<V>>, faults };
}

/** `contradictions` returns the faults of variables that do not fit together. It runs even if a variable is malformed. */
export function createGroup<V extends Variables, T>(
  variables: V,
  shape: (values: ValuesOf<V>) => T,
  contradictions: (env: Environment, values: Partial<ValuesOf<V>>) => readonly string[] = () => [],
): SettingGroup<T> {
  return {
    variables,
    read(env) {
      const { values, faults } = readVariables(variables, env);
      const allFaults = [...faults, ...contradictions(env, values)];
      // Without faults, every variable has its value.
      return allFaults.length > 0
        ? { ok: false, faults: allFaults }
        : { ok: true, value: shape(values as ValuesOf<V>) };
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
      // Two functions share the Pusher settings, so the same fault can occur twice.
      return { ok: false, faults: [...new Set([a, b].flatMap((reading) => (reading.ok ? [] : reading.faults)))] };
    },
  };
}

/** The fault of each required variable that is not set. */
export const missingIn = (env: Environment, names: readonly string[]): readonly string[] =>
  names.filter((name) => env[name] === undefined).map((name) => `${name} is missing`);
