import { createRealtime } from "@realtime-gateway/client";
import {
  RealtimeProvider,
  usePresence,
  useRealtime,
  useRealtimeStatus,
  useRefetch,
} from "@realtime-gateway/client/react";
import Pusher from "pusher-js";
import { useState } from "react";
import { type AuditState, FICHE_ID, type FicheState, type Toast } from "../platform.ts";
import { PUSHER_KEY, PUSHER_SERVER } from "./pusher-options.ts";
import { readAudit, readFiche, readNotifications } from "./rest.ts";
import { Screen } from "./screen/screen.tsx";
import { sessionToken } from "./session.ts";

const realtime = createRealtime({
  Pusher,
  key: PUSHER_KEY,
  cluster: PUSHER_SERVER.cluster,
  options: PUSHER_SERVER,
  auth: { url: "/api/pusher", getToken: sessionToken },
});

export const ClientPage = () => (
  <RealtimeProvider realtime={realtime}>
    <LiveScreen />
  </RealtimeProvider>
);

/** The steps of an audit do not change its fiche. */
const changesFiche = (event: string): boolean => event === "audit.started" || event.startsWith("transcription.");

function LiveScreen() {
  const { audit, fiche, global, presence } = useRealtime();
  const status = useRealtimeStatus();
  const [ficheState, setFiche] = useState<FicheState>();
  const [auditState, setAudit] = useState<AuditState>();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const id = ficheState?.auditId;
  const viewers = usePresence(presence("audit", id));

  useRefetch(fiche(FICHE_ID), async () => setFiche(await readFiche(FICHE_ID)), { when: changesFiche });
  useRefetch(audit(id), async () => id && setAudit(await readAudit(id)));
  useRefetch(global(), async () => setToasts(await readNotifications()));

  return <Screen title="With the client" {...{ status, fiche: ficheState, audit: auditState, toasts, viewers }} />;
}
