import { type ContractFamily, type Fields, oneOf } from "./contract-event.ts";

const fetched: Fields = {
  "jobId?": "id",
  "job_id?": "id",
  startDate: "day",
  endDate: "day",
  completedDays: "int",
  totalDays: "int",
  totalFiches: "int",
  datesCompleted: "day[]",
  datesRemaining: "day[]",
  datesFailed: "day[]",
};

export const fiches: ContractFamily = {
  match: "fiches.progressive_fetch.",
  channels: [{ kind: "job", idFields: ["jobId", "job_id"] }],
  events: [
    { name: "fiches.progressive_fetch.created", fields: { ...fetched, status: "string", progress: "number" } },
    {
      name: "fiches.progressive_fetch.progress",
      fields: { ...fetched, status: oneOf("processing"), progress: "number", latestDate: "day" },
      entity: [[["jobId", "job_id"]]],
    },
    {
      name: "fiches.progressive_fetch.complete",
      fields: { ...fetched, status: oneOf("complete"), progress: oneOf(100) },
    },
    { name: "fiches.progressive_fetch.failed", fields: { ...fetched, status: oneOf("failed"), progress: oneOf(100) } },
  ],
};
