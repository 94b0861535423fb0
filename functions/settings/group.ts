import type * as z from "zod/mini";

/** Variables of the environment, by name. An empty variable counts as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that are read together, and the plain values they become. */
export interface SettingGroup<T> {
  /** The schema of each variable, in the order of the README's table. */
  readonly variables: Readonly<Record<string, z.core.$ZodType>>;
  read(env: Environment): Reading<T>;
}

/** The values; or every fault, each with its variable's name and without its value. */
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly string[] };

/** `contradictions` says what is wrong with variables that are each well-formed. */
export function createGroup<Shape extends z.core.$ZodShape, T>(
  schema: z.ZodMiniObject<Shape>,
  shape: (settings: z.output<z.ZodMiniObject<Shape>>) => T,
  contradictions: (env: Environment) => readonly string[] = () => [],
): SettingGroup<T> {
  return {
    variables: schema.shape,
    read(env) {
      const parsed = schema.safeParse(env);
      const faults = [
        ...(parsed.error?.issues.map(({ path, message }) => `${path.join(".")} ${message}`) ?? []),
        ...contradictions(env),
      ];
      return parsed.success && faults.length === 0 ? { ok: true, value: shape(parsed.data) } : { ok: false, faults };
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
