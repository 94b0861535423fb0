/** A Pusher app and the address of its HTTP API. */
export interface PusherApp {
  readonly appId: string;
  readonly key: string;
  readonly secret: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** 32 bytes. Encrypted channels derive their keys from it. */
  readonly encryptionMasterKey?: Buffer;
}

/** The host of a cluster's HTTP API, which listens on the default port of TLS. */
export const clusterHost = (cluster: string): string => `api-${cluster}.pusher.com`;
