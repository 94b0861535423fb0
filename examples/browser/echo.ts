import Echo, { type EchoOptions } from "laravel-echo";

/** An instance of `pusher-js`: `new Pusher(key, pusherOptions({ … }))`. For encrypted channels, of `pusher-js/with-encryption`. */
type PusherClient = NonNullable<EchoOptions<"pusher">["client"]>;

/**
 * Laravel Echo with the gateway's own authorization. Echo's options for it, such as `authEndpoint`, then have no effect.
 * Event names begin with a dot, as Echo puts `App.Events.` before all others: `listen(".audit.progress", …)`.
 */
export const createEcho = (client: PusherClient): Echo<"pusher"> => new Echo({ broadcaster: "pusher", client });
