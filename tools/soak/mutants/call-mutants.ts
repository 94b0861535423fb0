import type { Publication } from "@realtime-gateway/pusher";
import { type Mutant, withDeps } from "./mutant.ts";

const LOST = { ok: false, code: "pusher_unavailable", detail: "timeout" } as const;

const isStatus = (publication: Publication, status: number): boolean =>
  !publication.ok && publication.status === status;

export const CALL_MUTANTS: readonly Mutant[] = [
  {
    name: "makes every call twice",
    law: "L9",
    run: { faults: "none" },
    mutate: withDeps(({ publish }) => ({
      async publish(entries, timeoutMs) {
        await publish(entries, timeoutMs);
        return await publish(entries, timeoutMs);
      },
    })),
  },
  {
    name: "makes one call in ten twice",
    law: "L9",
    mutate: withDeps(({ publish, random }) => ({
      async publish(entries, timeoutMs) {
        const publication = await publish(entries, timeoutMs);
        return publication.ok && random() < 0.1 ? await publish(entries, timeoutMs) : publication;
      },
    })),
  },
  {
    name: "makes a call for each entry",
    law: "L9",
    run: { faults: "none" },
    mutate: withDeps(({ publish }) => ({
      async publish(entries, timeoutMs) {
        for (const entry of entries) {
          const publication = await publish([entry], timeoutMs);
          if (!publication.ok) return publication;
        }
        return { ok: true };
      },
    })),
  },
  {
    name: "sends a failed call ten times",
    law: "L9",
    mutate: withDeps(({ publish }) => ({
      async publish(entries, timeoutMs) {
        let publication = await publish(entries, timeoutMs);
        if (publication.ok || publication.code === "rejected_by_pusher") return publication;
        for (let sends = 1; sends < 10; sends += 1) publication = await publish(entries, timeoutMs);
        return publication;
      },
    })),
  },
  {
    name: "ignores the pause that Pusher asks for",
    law: "L10",
    mutate: withDeps(({ publish }) => ({
      async publish(entries, timeoutMs) {
        const publication = await publish(entries, timeoutMs);
        return publication.ok ? publication : { ok: false, code: publication.code, detail: publication.detail };
      },
    })),
  },
  {
    name: "halves the pause that Pusher asks for",
    law: "L10",
    mutate: withDeps(({ publish }) => ({
      async publish(entries, timeoutMs) {
        const publication = await publish(entries, timeoutMs);
        if (publication.ok || publication.retryAfterMs === undefined) return publication;
        return { ...publication, retryAfterMs: publication.retryAfterMs / 2 };
      },
    })),
  },
  {
    name: "reverses the entries of a call",
    law: "L3",
    mutate: withDeps(({ publish }) => ({ publish: (entries, timeoutMs) => publish(entries.toReversed(), timeoutMs) })),
  },
  {
    name: "drops the last entry of a full call",
    law: "L1",
    mutate: withDeps(({ publish }) => ({
      publish: (entries, timeoutMs) => publish(entries.length === 10 ? entries.slice(0, 9) : entries, timeoutMs),
    })),
  },
  {
    name: "takes a call without an answer for published",
    law: "L1",
    mutate: withDeps(({ publish }) => ({
      async publish(entries, timeoutMs) {
        const publication = await publish(entries, timeoutMs);
        return !publication.ok && publication.code === "pusher_unavailable" ? { ok: true } : publication;
      },
    })),
  },
  {
    name: "takes a rejected call for published",
    law: "L1",
    mutate: withDeps(({ publish }) => ({
      async publish(entries, timeoutMs) {
        const publication = await publish(entries, timeoutMs);
        return !publication.ok && publication.code === "rejected_by_pusher" ? { ok: true } : publication;
      },
    })),
  },
  {
    name: "takes a published call for failed, one in ten",
    law: "L9",
    mutate: withDeps(({ publish, random }) => ({
      async publish(entries, timeoutMs) {
        const publication = await publish(entries, timeoutMs);
        return publication.ok && random() < 0.1 ? LOST : publication;
      },
    })),
  },
  {
    name: "sleeps past its time",
    law: "L5",
    mutate: withDeps(({ sleep }) => ({ sleep: (ms) => sleep(ms * 20) })),
  },
  {
    name: "takes a 403 for one event as the app's",
    law: "L11",
    run: { faults: "light" },
    mutate: withDeps(({ publish }) => ({
      async publish(entries, timeoutMs) {
        const publication = await publish(entries, timeoutMs);
        return isStatus(publication, 403) && entries.length > 1 ? LOST : publication;
      },
    })),
  },
  {
    name: "takes a redirect for published",
    law: "L1",
    mutate: withDeps(({ publish }) => ({
      async publish(entries, timeoutMs) {
        const publication = await publish(entries, timeoutMs);
        return isStatus(publication, 307) ? { ok: true } : publication;
      },
    })),
  },
];
