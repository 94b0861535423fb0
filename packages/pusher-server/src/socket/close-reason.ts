// Close codes and error texts of the Channels protocol, version 7. The range decides the client's next step.
// 40xx: do not reconnect. 41xx: reconnect after a pause. 42xx: reconnect at once. 43xx: an error on an open connection.

export interface CloseReason {
  readonly code: number;
  readonly message: string;
}

export const PATH_NOT_FOUND: CloseReason = { code: 4005, message: "Path not found" };
export const INVALID_VERSION: CloseReason = { code: 4006, message: "Invalid version string format" };
export const UNSUPPORTED_PROTOCOL: CloseReason = { code: 4007, message: "Unsupported protocol version" };
export const NO_PROTOCOL: CloseReason = { code: 4008, message: "No protocol version supplied" };
export const OVER_QUOTA: CloseReason = { code: 4004, message: "Application is over connection quota" };
export const UNAUTHORIZED: CloseReason = { code: 4009, message: "Connection is unauthorized" };
export const NOT_AUTHORIZED_IN_TIME: CloseReason = { code: 4009, message: "Connection not authorized within timeout" };
export const OVER_CAPACITY: CloseReason = { code: 4100, message: "Over capacity" };
export const RECONNECT: CloseReason = { code: 4200, message: "Generic reconnect immediately" };
export const PONG_NOT_RECEIVED: CloseReason = { code: 4201, message: "Pong reply not received" };
export const INACTIVE: CloseReason = { code: 4202, message: "Closed after inactivity" };

export function unknownKey(key: string): CloseReason {
  return { code: 4001, message: `App key ${key} not in this cluster. Did you forget to specify the cluster?` };
}

/** A WebSocket close frame holds at most 123 bytes of reason (RFC 6455, 5.5). */
export function fitCloseFrame(message: string): string {
  return Buffer.from(message)
    .subarray(0, 123)
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
}
