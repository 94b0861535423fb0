/** The server sets these variables: see server/page-server.ts. */
interface ImportMetaEnv {
  readonly VITE_PUSHER_KEY: string;
  readonly VITE_PUSHER_HOST: string;
  readonly VITE_PUSHER_PORT: string;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}
