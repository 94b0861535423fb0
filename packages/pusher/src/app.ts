/** A Pusher app and where its HTTP API is. */
export interface PusherApp {
  readonly appId: string;
  readonly key: string;
  readonly secret: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** 32 bytes: what encrypted channels derive their keys from. */
  readonly encryptionMasterKey?: Buffer;
}

/** Host of a cluster's HTTP API, on the default port of TLS. */
export const clusterHost = (cluster: string): string => `api-${cluster}.pusher.com`;
