import type { GatewayAccess } from "./realtime/gateway.ts";

/** Call it per request, not at import: `next build` has no secrets. */
export function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const gateway = (): GatewayAccess => ({
  url: required("REALTIME_GATEWAY_URL"),
  secret: required("REALTIME_PROXY_SECRET"),
});
