import type { Options } from "pusher-js";

export interface Realtime {
  readonly cluster: string;
  /** The app's own routes, `/api/pusher`. In `jwt` mode, the gateway's routes. */
  readonly authUrl: string;
  /** Called before every request, so that each sends the current token. Absent: the session is a cookie. */
  readonly accessToken?: () => string;
}

/** `new Pusher(key, pusherOptions({ … }))`, in browsers and in Node. */
export function pusherOptions({ cluster, authUrl, accessToken }: Realtime): Options {
  const headersProvider = () => (accessToken ? { authorization: `Bearer ${accessToken()}` } : {});
  return {
    cluster,
    channelAuthorization: { transport: "ajax", endpoint: `${authUrl}/auth`, headersProvider },
    userAuthentication: { transport: "ajax", endpoint: `${authUrl}/user-auth`, headersProvider },
  };
}
