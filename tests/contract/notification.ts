import { type ContractFamily, oneOf } from "./contract-event.ts";

export const notification: ContractFamily = {
  match: "notification",
  channels: [{ kind: "global", idFields: [] }],
  events: [
    {
      name: "notification",
      fields: {
        type: oneOf("success", "error", "info", "warning"),
        message: "string",
        "description?": "string",
        "duration?": "number",
      },
    },
  ],
};
