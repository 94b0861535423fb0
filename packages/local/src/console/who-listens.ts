import type { EverySetting } from "@realtime-gateway/settings";

/** The auth mode and who may subscribe, in one sentence. */
export function whoListens({ auth, form }: Pick<EverySetting, "auth" | "form">): string {
  if (form === "public") return `${auth.mode}; public channels, so everybody may subscribe`;
  switch (auth.mode) {
    case "open":
      return "open: everybody may subscribe to every channel";
    case "jwt": {
      const owner = auth.ownership === undefined ? "" : ", or that REALTIME_OWNERSHIP_URL allows";
      return `jwt: users with a token of ${auth.issuer.join(" or ")}, to the channels that it grants${owner}`;
    }
    case "proxy":
      return "proxy: users for whom a trusted server signs an assertion, to its channels";
  }
}
