import { buildChannel } from "@realtime-gateway/routing";
import type { EverySetting } from "@realtime-gateway/settings";
import type { Stack } from "../stack/stack.ts";
import { authorizationFor } from "./authorization.ts";
import type { Cast } from "./scenario.ts";
import { type PageChannel, type Subscriber, type SubscriberReceipt, startSubscriber } from "./subscriber.ts";

export interface ViewDeps {
  readonly stack: Pick<Stack, "pusher" | "apiUrl">;
  readonly config: Pick<EverySetting, "form" | "app" | "auth">;
  /** The part that the demo cannot play with these settings, and the reason. */
  onSkipped(what: string): void;
  onSubscribed(subscriber: string, channels: readonly string[]): void;
}

/** One looks at the audit, and hears what everybody hears; the other at the fiche, and at the job that fetches it. */
const viewsOf = ({ audit_id, fiche_id, jobId }: Cast) =>
  [
    { name: "the audit's page", subjects: [{ kind: "audit", id: audit_id }, { kind: "global" }] },
    {
      name: "the fiche's page",
      subjects: [
        { kind: "fiche", id: fiche_id },
        { kind: "job", id: jobId },
      ],
    },
  ] satisfies readonly { readonly name: string; readonly subjects: readonly PageChannel[] }[];

/** Opens the demo's pages: their subscribers are authorized as browsers are. */
export async function openViews(
  deps: ViewDeps,
  cast: Cast,
  onEvent: (receipt: SubscriberReceipt) => void,
): Promise<readonly Subscriber[]> {
  const { stack, config } = deps;
  const views = viewsOf(cast);
  // A grant is the name of a public channel.
  const grants = views.flatMap(({ subjects }) => subjects.flatMap(publicName));
  const authorization = await authorizationFor({ stack, config, grants });
  if (authorization.skips !== undefined) deps.onSkipped(authorization.skips);
  return await Promise.all(
    views.map(async ({ name, subjects }) => {
      const options = {
        target: stack.pusher,
        apiUrl: stack.apiUrl,
        form: config.form,
        authorization,
        subjects,
        onEvent,
      };
      const subscriber = await startSubscriber(options);
      deps.onSubscribed(name, subscriber.channels);
      return subscriber;
    }),
  );
}

function publicName(subject: PageChannel): readonly string[] {
  const built = buildChannel(subject, "public");
  return built.ok ? [built.value] : [];
}
