/** The page of a project that installs the client: with hooks, with TanStack Query, and ready for server rendering. */
const AUDIT_PAGE = `"use client";

import { createRealtime } from "@realtime-gateway/client";
import {
  RealtimeProvider,
  useRealtime,
  useRealtimeEvent,
  useRealtimeStatus,
  useRefetch,
} from "@realtime-gateway/client/react";
import { invalidateOn } from "@realtime-gateway/client/tanstack-query";
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import Pusher from "pusher-js";
import { useEffect, useState } from "react";

const realtime = createRealtime({
  Pusher,
  key: "test-key",
  cluster: "local",
  channels: "public",
  options: { wsHost: "127.0.0.1", wsPort: PUSHER_PORT, forceTLS: false, enableStats: false },
});
const queryClient = new QueryClient();
let fetches = 0;

export const AuditPage = () => (
  <QueryClientProvider client={queryClient}>
    <RealtimeProvider realtime={realtime}>
      <Audit id="42" />
    </RealtimeProvider>
  </QueryClientProvider>
);

function Audit({ id }: { readonly id: string }) {
  const { audit } = useRealtime();
  const status = useRealtimeStatus();
  const [reads, setReads] = useState(0);
  const [error, setError] = useState("no error");
  const { data = 0 } = useQuery({ queryKey: ["audit", id], queryFn: () => ++fetches });
  useRefetch(audit(id), () => setReads((count) => count + 1));
  useRealtimeEvent(audit(id), "audit.failed", (data) => setError(data.truncated ? "truncated" : data.error));
  useEffect(() => invalidateOn(queryClient, realtime, realtime.audit(id), { "audit.*": ["audit", id] }), [id]);
  return <main>{\`\${status}, \${reads} reads, \${data > 0 ? "fetched" : "not fetched"}, \${error}\`}</main>;
}
`;

const STRICT = {
  target: "es2022",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
};

/** As Vite's template for React compiles. */
const VITE_OPTIONS = {
  ...STRICT,
  lib: ["es2022", "dom"],
  module: "esnext",
  moduleResolution: "bundler",
  jsx: "react-jsx",
  noEmit: true,
  skipLibCheck: true,
};

/** As the template of `create-next-app` compiles. */
const NEXT_OPTIONS = {
  ...STRICT,
  lib: ["dom", "dom.iterable", "esnext"],
  esModuleInterop: true,
  module: "esnext",
  moduleResolution: "bundler",
  resolveJsonModule: true,
  isolatedModules: true,
  jsx: "react-jsx",
  incremental: true,
  noEmit: true,
  skipLibCheck: true,
  plugins: [{ name: "next" }],
};

const VITE_FILES = {
  "vite/index.html":
    '<!doctype html><title>Audit</title><div id="root"></div><script type="module" src="main.tsx"></script>\n',
  "vite/audit-page.tsx": AUDIT_PAGE,
  "vite/main.tsx": `import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { AuditPage } from "./audit-page";

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><AuditPage /></StrictMode>);
`,
  "vite/classes.ts": `import type { PusherClass, PusherInstance } from "@realtime-gateway/client";

type Oldest = typeof import("pusher-js-7").default;
type Newest = typeof import("pusher-js").default;

export const classes = (oldest: Oldest, newest: Newest): readonly PusherClass[] => [oldest, newest];
export const instances = (oldest: InstanceType<Oldest>, newest: InstanceType<Newest>): readonly PusherInstance[] => [
  oldest,
  newest,
];
`,
  "vite/tsconfig.json": JSON.stringify({ compilerOptions: VITE_OPTIONS, include: ["*.ts", "*.tsx"] }),
};

const NEXT_FILES = {
  "next/package.json": JSON.stringify({ name: "next-page", private: true }),
  "next/app/audit-page.tsx": AUDIT_PAGE,
  "next/app/layout.tsx":
    'export default function Layout({ children }: Readonly<{ children: React.ReactNode }>) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
  "next/app/page.tsx":
    'import { AuditPage } from "./audit-page";\n\nexport default function Page() {\n  return <AuditPage />;\n}\n',
  "next/tsconfig.json": JSON.stringify({
    compilerOptions: NEXT_OPTIONS,
    include: ["next-env.d.ts", "**/*.ts", "**/*.tsx"],
    exclude: ["node_modules"],
  }),
};

/** A program on Node. The types of `pusher-js` declare a default export, and Node loads the class itself. */
const NODE_FILES = {
  "node/main.ts": `import { createRequire } from "node:module";
import { createRealtime, type PusherClass } from "@realtime-gateway/client";

const Pusher: PusherClass = createRequire(import.meta.url)(process.argv[2] ?? "pusher-js");
const realtime = createRealtime({
  Pusher,
  key: "test-key",
  cluster: "local",
  channels: "public",
  options: { wsHost: "127.0.0.1", wsPort: PUSHER_PORT, forceTLS: false, enableStats: false },
});
realtime.audit("42").on("audit.failed", (data, meta) => {
  console.log(JSON.stringify({ node: process.version, error: data.truncated ? "" : data.error, channel: meta.channel }));
  realtime.close();
});
`,
  "node/wrong.ts": `import type { RealtimeClient } from "@realtime-gateway/client";

export const wrong = (realtime: RealtimeClient): void => {
  realtime.audit("42").on("transcription.progress", () => undefined);
  realtime.audit("42").on("audit.failed", (data) => data.reason);
  realtime.audit("42").on("audit.failed", (data) => data.error);
};
`,
  "node/audit.test.ts": `import { createTestRealtime } from "@realtime-gateway/client/testing";
import { expect, it, vi } from "vitest";

it("reads after an event", async () => {
  const realtime = createTestRealtime();
  const audit = realtime.audit("42");
  const load = vi.fn();
  audit.refetch(load);
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1));
  realtime.emit(audit, "audit.completed", { audit_id: "42" });
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2));
  realtime.close();
});
`,
};

/** Strict settings with each of the two ways to find modules. */
export const NODE_OPTIONS = {
  nodenext: { ...STRICT, lib: ["es2022"], types: ["node"], module: "nodenext", outDir: "built" },
  bundler: {
    ...STRICT,
    lib: ["es2022"],
    types: ["node"],
    module: "preserve",
    moduleResolution: "bundler",
    outDir: "built",
  },
} as const;

/** All files of the project, for a Pusher server at this port. */
export const clientFiles = (port: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ ...VITE_FILES, ...NEXT_FILES, ...NODE_FILES }).map(([path, text]) => [
      path,
      text.replaceAll("PUSHER_PORT", String(port)),
    ]),
  );
