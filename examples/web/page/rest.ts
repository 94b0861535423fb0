import type { AuditState, FicheState, Toast } from "../platform.ts";

export const readFiche = (id: string): Promise<FicheState> => read(`/api/fiches/${id}`);
export const readAudit = (id: string): Promise<AuditState> => read(`/api/audits/${id}`);
export const readNotifications = (): Promise<readonly Toast[]> => read("/api/notifications");

export async function startAudit(ficheId: string): Promise<void> {
  await fetch(`/api/fiches/${ficheId}/audits`, { method: "POST" });
}

/** The connection of every page to Pusher. The server can cut it, as a lost network does. */
export interface ConnectionState {
  readonly isCut: boolean;
}

export const readConnection = (): Promise<ConnectionState> => read("/api/connection");

export async function changeConnection(state: ConnectionState): Promise<ConnectionState> {
  const headers = { "content-type": "application/json" };
  const response = await fetch("/api/connection", { method: "PUT", headers, body: JSON.stringify(state) });
  return response.json();
}

/** Rejects after an error of the server, so that the client tries again. */
async function read<Resource>(path: string): Promise<Resource> {
  const response = await fetch(path);
  if (!response.ok) throw Object.assign(new Error(`${path} answered ${response.status}`), { status: response.status });
  return response.json();
}
