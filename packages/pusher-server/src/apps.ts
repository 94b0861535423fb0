/** A Pusher app. Its clients have the key, its servers all three. */
export interface ServedApp {
  readonly appId: string;
  readonly key: string;
  readonly secret: string;
}

/** The app of a server that was started without apps. The server is for this machine, so the secret can be public. */
export const DEFAULT_APP: ServedApp = { appId: "1000", key: "local-key", secret: "local-secret" };

/** Throws an Error for two apps with the same id or key, or for none at all. */
export function checkApps(apps: readonly ServedApp[]): void {
  if (apps.length === 0) throw new Error("apps must not be empty. Leave it out for the default app.");
  for (const name of ["appId", "key"] as const) {
    const values = apps.map((app) => app[name]);
    const repeated = values.find((value, index) => values.indexOf(value) < index);
    if (repeated !== undefined) throw new Error(`Two apps have the ${name} ${JSON.stringify(repeated)}`);
  }
}
