const ANY_ORIGIN = { REALTIME_ALLOWED_ORIGINS: "*" };

/**
 * Pages of any local development server may call the functions while the app is local too. The secret of a real app would
 * sign for every page that the developer has open, so only the origins that the developer names may call them then.
 */
export const defaultOrigins = (isRealApp: boolean): Readonly<Record<string, string>> => (isRealApp ? {} : ANY_ORIGIN);

/** Shown at the start with a real app. */
export const ORIGINS_HINT =
  "With a real Pusher app, only pages of the origins in REALTIME_ALLOWED_ORIGINS may call the functions. Set it to your page's origin.";
