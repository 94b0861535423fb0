/** The parts of a page's setup that both ways share. */
export interface PageSetup {
  readonly Pusher: typeof import("pusher-js").default;
  readonly key: string;
  readonly options: PageConnection;
  /** The base URL of the authorization. */
  readonly authUrl: string;
  /** The ids of the audits that the page shows. */
  readonly audits: readonly number[];
  /** Reads one audit over REST. */
  readonly read: () => void;
}

export interface PageConnection {
  readonly cluster: string;
  readonly wsHost: string;
  readonly wsPort: number;
  readonly forceTLS: boolean;
  readonly enableStats: boolean;
}
