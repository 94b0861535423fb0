import { serveRequests } from "./web-server.ts";

/** A platform with the owners of all entities. */
export interface Platform {
  /** The URL for the questions of the gateway. */
  readonly url: string;
  /** Makes the user an owner. An entity has the form of a grant: `job-7`. */
  give(user: string, entity: string): void;
  takeAway(user: string, entity: string): void;
  stop(): Promise<void>;
}

export async function startPlatform(): Promise<Platform> {
  const owned = new Set<string>();
  const { origin, stop } = await serveRequests(async (request) => {
    const { user, kind, id } = JSON.parse(await request.text());
    return new Response(null, { status: owned.has(`${user} ${kind}-${id}`) ? 204 : 403 });
  });
  return {
    url: `${origin}/owns`,
    give: (user, entity) => void owned.add(`${user} ${entity}`),
    takeAway: (user, entity) => void owned.delete(`${user} ${entity}`),
    stop,
  };
}
