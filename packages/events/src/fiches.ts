import * as z from "zod/mini";
import { event, family } from "./family.ts";
import { atLeastOne, day, id, int, number, optional, text } from "./fields.ts";
import type { Meanings } from "./meanings.ts";

/** Producers may write `job_id` instead of `jobId`. */
const fetched = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z
    .looseObject({
      jobId: optional(id()),
      job_id: optional(id()),
      startDate: day(),
      endDate: day(),
      completedDays: int(),
      totalDays: int(),
      totalFiches: int(),
      datesCompleted: z.array(day()),
      datesRemaining: z.array(day()),
      datesFailed: z.array(day()),
      ...shape,
    })
    .check(atLeastOne("jobId", "job_id"));

const job = { jobId: "job-7f3a", startDate: "2026-02-26", endDate: "2026-02-28", totalDays: 3 };

export const fiches = family({
  match: "fiches.progressive_fetch.",
  routes: [{ kind: "job", fields: ["jobId", "job_id"] }],
  events: {
    "fiches.progressive_fetch.created": event(() => fetched({ status: text(), progress: number() }), {
      ...job,
      status: "pending",
      progress: 0,
      completedDays: 0,
      totalFiches: 0,
      datesCompleted: [],
      datesRemaining: ["2026-02-26", "2026-02-27", "2026-02-28"],
      datesFailed: [],
    }),
    "fiches.progressive_fetch.progress": event(
      () => fetched({ status: z.literal("processing"), progress: number(), latestDate: day() }),
      {
        ...job,
        status: "processing",
        progress: 33,
        completedDays: 1,
        totalFiches: 57,
        datesCompleted: ["2026-02-26"],
        datesRemaining: ["2026-02-27", "2026-02-28"],
        datesFailed: [],
        latestDate: "2026-02-26",
      },
      { latestWinsPer: [[["jobId", "job_id"]]] },
    ),
    "fiches.progressive_fetch.complete": event(
      () => fetched({ status: z.literal("complete"), progress: z.literal(100) }),
      {
        ...job,
        status: "complete",
        progress: 100,
        completedDays: 3,
        totalFiches: 171,
        datesCompleted: ["2026-02-26", "2026-02-27", "2026-02-28"],
        datesRemaining: [],
        datesFailed: [],
      },
    ),
    "fiches.progressive_fetch.failed": event(() => fetched({ status: z.literal("failed"), progress: z.literal(100) }), {
      ...job,
      status: "failed",
      progress: 100,
      completedDays: 1,
      totalFiches: 57,
      datesCompleted: ["2026-02-26"],
      datesRemaining: [],
      datesFailed: ["2026-02-27", "2026-02-28"],
    }),
  },
});

export const meanings: Meanings<typeof fiches> = {
  events: {
    "fiches.progressive_fetch.created": "A job exists that fetches the fiches of some days, day by day.",
    "fiches.progressive_fetch.progress": "The job has fetched one more day.",
    "fiches.progressive_fetch.complete": "The job has fetched every day.",
    "fiches.progressive_fetch.failed": "The job has ended, and some days are missing.",
  },
  fields: {
    jobId: "the job",
    job_id: "another spelling of `jobId`, which producers may use",
    status: "the state of the job",
    startDate: "the first day to fetch",
    endDate: "the last day to fetch",
    latestDate: "the day that was fetched last",
    progress: "how much of the job is done, from 0 to 100",
    completedDays: "how many days are fetched",
    totalDays: "how many days the job fetches",
    totalFiches: "how many fiches the job has fetched",
    datesCompleted: "the days that are fetched",
    datesRemaining: "the days that are not fetched yet",
    datesFailed: "the days that could not be fetched",
  },
};
