import Pusher from "pusher";
import { settings } from "./settings.ts";

/** The client as its README sets it up. */
export const pusher = new Pusher({
  appId: settings.PUSHER_APP_ID,
  key: settings.PUSHER_KEY,
  secret: settings.PUSHER_SECRET,
  host: settings.PUSHER_HOST,
  port: settings.PUSHER_PORT,
  useTLS: settings.PUSHER_SCHEME === "https",
});
