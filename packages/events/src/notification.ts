import * as z from "zod/mini";
import { event, family } from "./family.ts";
import { number, optional, text } from "./fields.ts";

export const notification = family({
  match: "notification",
  routes: [{ kind: "global", fields: [] }],
  events: {
    notification: event(
      () =>
        z.looseObject({
          type: z.enum(["success", "error", "info", "warning"]),
          message: text(),
          description: optional(text()),
          /** How long to show it, in milliseconds. */
          duration: optional(number()),
        }),
      { type: "success", message: "Audit terminé", description: "Fiche 1787121 : 86 %", duration: 5000 },
    ),
  },
});
