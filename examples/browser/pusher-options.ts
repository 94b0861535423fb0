import type { Options } from "pusher-js";

export interface Realtime {
  readonly cluster: string;
  /** The app's own routes, `/api/pusher`; in `jwt` mode the gateway's. */
  readonly authUrl: string;
  /** Asked before every request, so a token that was refreshed is the one that is sent. None: the session is a cookie. */
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
