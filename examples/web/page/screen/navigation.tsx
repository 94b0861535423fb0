import { useEffect, useState } from "react";
import { FICHE_ID } from "../../platform.ts";
import { changeConnection, readConnection, startAudit } from "../rest.ts";

const ROUTES = [
  { path: "/", text: "With the client" },
  { path: "/bare", text: "Bare pusher-js" },
  { path: "/compare", text: "Side by side" },
];

export const Navigation = () => (
  <nav aria-label="Versions of the page">
    {ROUTES.map(({ path, text }) => (
      <a key={path} href={path} aria-current={location.pathname === path ? "page" : undefined}>
        {text}
      </a>
    ))}
  </nav>
);

/** Starts an audit, and cuts the connection of every page to Pusher. */
export function Actions() {
  const [isCut, setCut] = useState(false);
  useEffect(() => {
    void readConnection().then((connection) => setCut(connection.isCut));
  }, []);
  const toggle = async () => setCut((await changeConnection({ isCut: !isCut })).isCut);
  return (
    <div className="actions">
      <button type="button" className="primary" onClick={() => void startAudit(FICHE_ID)}>
        Start an audit
      </button>
      <button type="button" data-cut={isCut} onClick={() => void toggle()}>
        {isCut ? "Restore the connection" : "Cut the connection"}
      </button>
    </div>
  );
}
