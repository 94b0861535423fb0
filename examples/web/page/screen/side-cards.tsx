import type { AuditViewer, FicheState, Toast } from "../../platform.ts";

export const FicheCard = ({ fiche }: { readonly fiche: FicheState | undefined }) => (
  <section className="card fiche" aria-labelledby="fiche-title">
    <h2 id="fiche-title">Fiche {fiche?.id}</h2>
    <dl>
      <dt>Prospect</dt>
      <dd>{fiche?.prospect ?? "…"}</dd>
      <dt>Recordings</dt>
      <dd>{fiche === undefined ? "…" : `${fiche.transcribed} of ${fiche.recordings} transcribed`}</dd>
    </dl>
  </section>
);

export const ViewersCard = ({ viewers }: { readonly viewers: readonly AuditViewer[] }) => (
  <section className="card viewers" aria-labelledby="viewers-title">
    <h2 id="viewers-title">Looking at this audit</h2>
    <ul>
      {viewers.map(({ id, info, me }) => (
        <li key={id}>
          {nameOf(info)}
          {me ? " (you)" : ""}
        </li>
      ))}
    </ul>
  </section>
);

export const NotificationsCard = ({ toasts }: { readonly toasts: readonly Toast[] }) => (
  <section className="card notifications" aria-labelledby="notifications-title">
    <h2 id="notifications-title">Notifications</h2>
    <ul aria-live="polite">
      {toasts.map(({ id, type, message }) => (
        <li key={id} data-type={type}>
          {message}
        </li>
      ))}
    </ul>
    {toasts.length === 0 ? <p>There are none yet.</p> : null}
  </section>
);

/** The server's `user_info` of a member. */
const nameOf = (info: unknown): string =>
  typeof info === "object" && info !== null && "name" in info ? String(info.name) : "Somebody";
