import { type ContractFamily, type Fields, oneOf } from "./contract-event.ts";

const operation: Fields = { batch_id: "string", operation_type: oneOf("audit", "transcription") };

export const batch: ContractFamily = {
  match: "batch.",
  channels: [{ kind: "global", idFields: [] }],
  events: [
    {
      name: "batch.progress",
      fields: { ...operation, total: "int", completed: "int", failed: "int", progress_percentage: "number" },
      entity: [["operation_type", "batch_id"]],
    },
    {
      name: "batch.completed",
      fields: { ...operation, total: "int", completed: "int", failed: "int", duration_ms: "number" },
    },
  ],
};
