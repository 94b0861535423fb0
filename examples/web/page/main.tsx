import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";

const ROUTES: Readonly<Record<string, () => Promise<ReactNode>>> = {
  "/": async () => {
    const { ClientPage } = await import("./with-client.tsx");
    return <ClientPage />;
  },
  "/bare": async () => {
    const { BarePage } = await import("./bare-pusher.tsx");
    return <BarePage />;
  },
  "/compare": async () => {
    const { ComparePage } = await import("./compare.tsx");
    return <ComparePage />;
  },
};

const page = await (ROUTES[location.pathname] ?? ROUTES["/"])?.();
const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<StrictMode>{page}</StrictMode>);
