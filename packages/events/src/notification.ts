import * as z from "zod/mini";
import { event, family } from "./family.ts";
import { number, optional, text } from "./fields.ts";
import type { Meanings } from "./meanings.ts";

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
          duration: optional(number()),
        }),
      { type: "success", message: "Audit terminé", description: "Fiche 1787121 : 86 %", duration: 5000 },
    ),
  },
});

export const meanings: Meanings<typeof notification> = {
  events: { notification: "A short message for every user." },
  fields: {
    type: "how to show it",
    message: "the text to show",
    description: "a second line to show",
    duration: "how long to show it, in milliseconds",
  },
};
