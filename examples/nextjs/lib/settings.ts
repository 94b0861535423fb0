import type { Gateway } from "./realtime/gateway.ts";

/** Read when it is needed, and not when a module is loaded: `next build` has no secrets. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const gateway = (): Gateway => ({
  url: required("REALTIME_GATEWAY_URL"),
  secret: required("REALTIME_PROXY_SECRET"),
});
