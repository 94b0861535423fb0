// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { type ComponentType, createElement, type ReactNode } from "react";
import { afterAll, afterEach, describe, expect, it, onTestFinished } from "vitest";
import type { RealtimeClient } from "../../../packages/client/src/index.ts";
import { FakePusher } from "../../../packages/client/src/testing/fake-pusher.ts";
import { blocksOf } from "../../support/doc-blocks.ts";
import { createDocProject } from "../../support/doc-project.ts";

type Client = typeof import("../../../packages/client/src/index.ts");
type ClientReact = typeof import("../../../packages/client/src/react.ts");
type ClientTesting = typeof import("../../../packages/client/src/testing/index.ts");

/** The parts of the page's modules that the tests call, with the client that Node has loaded for them. */
interface Modules
  extends Pick<Client, "createRealtime">,
    Pick<ClientReact, "RealtimeProvider">,
    Pick<ClientTesting, "createTestRealtime"> {
  readonly useAudit: (id: string, read: (id: string) => Promise<string>) => { readonly data: string | undefined };
  readonly Viewers: ComponentType<{ readonly auditId: string }>;
}

const PAGE = `
  export * from "./audit-query";
  export * from "./viewers";
  export * from "@realtime-gateway/client";
  export * from "@realtime-gateway/client/react";
  export * from "@realtime-gateway/client/testing";
`;
const project = await createDocProject([...blocksOf("docs/browsers.md"), { file: "page.ts", text: PAGE }]);
const page: Modules = await import(await project.bundle("page.ts"));

afterAll(() => project.remove());
afterEach(cleanup);

/** A page with a provider of each. */
function open(children: ReactNode, realtime: RealtimeClient) {
  const client = new QueryClient();
  render(createElement(QueryClientProvider, { client }, createElement(page.RealtimeProvider, { realtime }, children)));
  onTestFinished(() => {
    realtime.close();
    client.clear();
  });
}

// The example is a test file of its own, about audit.tsx: its test is one of this file.
describe("the test of docs/browsers.md", async () => {
  await import(await project.bundle("audit.test.tsx"));
});

describe("the components of docs/browsers.md", () => {
  it("read again with TanStack Query after an event", async () => {
    const realtime = page.createTestRealtime();
    let state = "running";
    const Audit = () => createElement("p", {}, page.useAudit("42", async () => state).data ?? "loading");
    open(createElement(Audit), realtime);
    expect(await screen.findByText("running")).toBeDefined();
    state = "completed";
    act(() => realtime.emit(realtime.audit("42"), "audit.completed", { audit_id: "42" }));
    expect(await screen.findByText("completed")).toBeDefined();
  });

  it("show the members of a presence channel by their name, or by their id", async () => {
    const pusher = new FakePusher();
    open(createElement(page.Viewers, { auditId: "42" }), page.createRealtime({ pusher }));
    await act(async () => undefined);
    const channel = pusher.channels.get("presence-audit-42");
    channel?.people.set("me", { name: "Ann" }).set("2", undefined);
    act(() => channel?.emit("pusher:member_added", {}));
    expect(screen.getByText("Ann (you)")).toBeDefined();
    expect(screen.getByText("2")).toBeDefined();
  });
});
