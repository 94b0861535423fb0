import type { AuditState, AuditViewer, FicheState, Toast } from "../../platform.ts";
import { AuditCard } from "./audit-card.tsx";
import { Actions, Navigation } from "./navigation.tsx";
import { FicheCard, NotificationsCard, ViewersCard } from "./side-cards.tsx";

export interface ScreenProps {
  readonly title: string;
  /** The state of the connection, as the library names it. */
  readonly status: string;
  readonly fiche: FicheState | undefined;
  readonly audit: AuditState | undefined;
  readonly toasts: readonly Toast[];
  readonly viewers: readonly AuditViewer[];
}

/** In a frame of the comparison, the actions are outside. */
const isFramed = new URLSearchParams(location.search).has("frame");

/** All that both versions of the page show. It has no state and no connection. */
export const Screen = ({ title, status, fiche, audit, toasts, viewers }: ScreenProps) => (
  <>
    <header className="bar">
      <h1>{isFramed ? title : "Audit platform"}</h1>
      {isFramed ? null : <Navigation />}
      <p className="status" role="status" data-status={status}>
        {status.replace("_", " ")}
      </p>
      {isFramed ? null : <Actions />}
    </header>
    <main className="cards">
      <AuditCard audit={audit} />
      <div className="side">
        <FicheCard fiche={fiche} />
        <ViewersCard viewers={viewers} />
        <NotificationsCard toasts={toasts} />
      </div>
    </main>
  </>
);
