import type { Notification } from "@realtime-gateway/client";
import Pusher, { type Members, type PresenceChannel } from "pusher-js";
import { useEffect, useState } from "react";
import { type AuditState, type AuditViewer, FICHE_ID, type FicheState, type Toast } from "../platform.ts";
import { PUSHER_KEY, PUSHER_SERVER } from "./pusher-options.ts";
import { readAudit, readFiche, readNotifications } from "./rest.ts";
import { Screen } from "./screen/screen.tsx";
import { sessionToken } from "./session.ts";

/** The same page as it is usually written: subscribe in an effect, read on mount and on each event. */

const token = await sessionToken({ fresh: false });
const pusher = new Pusher(PUSHER_KEY, {
  ...PUSHER_SERVER,
  channelAuthorization: {
    transport: "ajax",
    endpoint: "/api/pusher/auth",
    headersProvider: () => ({ authorization: `Bearer ${token}` }),
  },
});

const AUDIT_EVENTS = ["audit.step_started", "audit.step_completed", "audit.step_failed", "audit.completed"];
const FICHE_EVENTS = ["audit.started", "transcription.progress"];

export function BarePage() {
  const status = useConnectionState();
  const [fiche, setFiche] = useState<FicheState>();
  const [audit, setAudit] = useState<AuditState>();
  const toasts = useToasts();
  const viewers = useViewers(fiche?.auditId);

  useEffect(() => {
    const read = () => readFiche(FICHE_ID).then(setFiche);
    void read();
    const channel = pusher.subscribe(`private-fiche-${FICHE_ID}`);
    for (const event of FICHE_EVENTS) channel.bind(event, read);
    return () => pusher.unsubscribe(channel.name);
  }, []);

  const id = fiche?.auditId;
  useEffect(() => {
    if (id === undefined) return;
    const read = () => readAudit(id).then(setAudit);
    void read();
    const channel = pusher.subscribe(`private-audit-${id}`);
    for (const event of AUDIT_EVENTS) channel.bind(event, read);
    return () => pusher.unsubscribe(channel.name);
  }, [id]);

  return <Screen title="Bare pusher-js" {...{ status, fiche, audit, toasts, viewers }} />;
}

function useConnectionState(): string {
  const [state, setState] = useState(pusher.connection.state);
  useEffect(() => {
    const change = ({ current }: { readonly current: string }) => setState(current);
    pusher.connection.bind("state_change", change);
    return () => void pusher.connection.unbind("state_change", change);
  }, []);
  return state;
}

function useToasts(): readonly Toast[] {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  useEffect(() => {
    void readNotifications().then(setToasts);
    const channel = pusher.subscribe("private-global");
    channel.bind("notification", ({ type, message }: Notification) =>
      setToasts((before) => [{ id: Date.now(), type, message }, ...before].slice(0, 4)),
    );
    return () => pusher.unsubscribe(channel.name);
  }, []);
  return toasts;
}

function useViewers(auditId: string | undefined): readonly AuditViewer[] {
  const [viewers, setViewers] = useState<readonly AuditViewer[]>([]);
  useEffect(() => {
    if (auditId === undefined) return;
    // `subscribe` has one type for all kinds of channels.
    const channel = pusher.subscribe(`presence-audit-${auditId}`) as PresenceChannel;
    const show = () => setViewers(viewersOf(channel.members));
    channel.bind("pusher:subscription_succeeded", show);
    channel.bind("pusher:member_added", show);
    channel.bind("pusher:member_removed", show);
    return () => pusher.unsubscribe(channel.name);
  }, [auditId]);
  return viewers;
}

function viewersOf(members: Members): readonly AuditViewer[] {
  const viewers: AuditViewer[] = [];
  members.each(({ id, info }: AuditViewer) => viewers.push({ id, info, me: id === members.myID }));
  return viewers;
}
