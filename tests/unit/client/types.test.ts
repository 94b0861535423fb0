import { createRequire } from "node:module";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type AuditProgress,
  createRealtime,
  type PusherClass,
  type PusherOptions,
  type ReceivedData,
  type Truncated,
} from "../../../packages/client/src/index.ts";
import { createTestRealtime } from "../../../packages/client/src/testing/index.ts";

// Bundlers resolve the default imports to these classes.
type Plain = typeof import("pusher-js").default;
type WithEncryption = typeof import("pusher-js/with-encryption/index.js").default;

const nothing = () => undefined;

describe("the types", () => {
  it("accept both classes of pusher-js, and their instances", () => {
    expectTypeOf<Plain>().toExtend<PusherClass>();
    expectTypeOf<WithEncryption>().toExtend<PusherClass>();
    expectTypeOf<PusherOptions>().toExtend<ConstructorParameters<Plain>[1]>();
    const Pusher: Plain = createRequire(import.meta.url)("pusher-js");
    const realtime = createRealtime({ Pusher, key: "key", cluster: "eu", options: { wsHost: "127.0.0.1" } });
    expect(realtime.status).toBe("idle");
    const ofYours = (pusher: InstanceType<Plain>) => createRealtime({ pusher });
    expect(ofYours).toBeTypeOf("function");
  });

  it("allow the events that a channel carries, and no other", () => {
    const realtime = createTestRealtime();
    realtime.audit("42").on("audit.progress", nothing);
    realtime.fiche("42").on("transcription.progress", nothing);
    // @ts-expect-error: a fiche's channel carries this event
    realtime.audit("42").on("transcription.progress", nothing);
    // @ts-expect-error: the catalog has no such event
    realtime.audit("42").on("audit.finished", nothing);
    // @ts-expect-error: presence channels carry no events
    realtime.presence("audit", "42").on;
    // @ts-expect-error: the presence channel of an audit needs the audit's id
    realtime.presence("audit");
    realtime.close();
  });

  it("demand a check for a truncated payload before its texts are read", () => {
    const read = (data: ReceivedData<AuditProgress>) => {
      // @ts-expect-error: a truncated payload may lack it
      data.approach;
      // @ts-expect-error: the catalog has no such field
      data.wrong;
      expectTypeOf(data.completed_steps).toEqualTypeOf<number>();
      if (data.truncated) expectTypeOf(data.current_phase).toEqualTypeOf<string>();
      else expectTypeOf(data).toExtend<AuditProgress>();
    };
    expect(read).toBeTypeOf("function");
  });

  it("keep ids, numbers, booleans, status and phase of a truncated payload, and count arrays", () => {
    interface Payload {
      readonly audit_id: string;
      readonly jobId?: string;
      readonly score: number;
      readonly ok: boolean;
      readonly status: "done";
      readonly failed_phase: string;
      readonly message: string;
      readonly nested: { readonly a: 1 };
      readonly items: readonly string[];
    }
    expectTypeOf<keyof Truncated<Payload>>().toEqualTypeOf<
      "truncated" | "audit_id" | "jobId" | "score" | "ok" | "status" | "failed_phase" | "itemsCount"
    >();
    expectTypeOf<Truncated<Payload>["itemsCount"]>().toEqualTypeOf<number>();
  });
});
