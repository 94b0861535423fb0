import express, { type ErrorRequestHandler, type Express } from "express";
import { send, webRequest } from "../../express/web-request.ts";
import { MAX_BODY_BYTES } from "../../nextjs/lib/realtime/form.ts";
import { forwardSubscription } from "../../nextjs/lib/realtime/forward.ts";
import type { GatewayAccess } from "../../nextjs/lib/realtime/gateway.ts";
import { problem } from "../../nextjs/lib/realtime/problem.ts";
import type { createColleagues } from "./colleagues.ts";
import type { PlatformState } from "./platform-state.ts";
import type { Wire } from "./wire.ts";

export interface ApiDeps {
  readonly state: PlatformState;
  readonly colleagues: ReturnType<typeof createColleagues>;
  readonly wire: Pick<Wire, "cut" | "restore" | "isCut">;
  readonly gateway: GatewayAccess;
  /** Starts an audit of the fiche. Returns its id. */
  readonly startAudit: () => string;
}

/** The platform's REST API, and the route that authorizes subscriptions. */
export function createApi({ state, colleagues, wire, gateway, startAudit }: ApiDeps): Express {
  // The ids are plain, so channel names have them as they are. With others, `encodeId` writes them.
  const mayJoin = (_user: object, channel: string): boolean =>
    ["global", `fiche-${state.fiche().id}`, ...state.auditIds().map((id) => `audit-${id}`)].some((name) =>
      [`private-${name}`, `presence-${name}`].includes(channel),
    );
  return express()
    .get("/api/fiches/:id", ({ params }, answer) => {
      if (params.id === state.fiche().id) answer.json(state.fiche());
      else answer.sendStatus(404);
    })
    .post("/api/fiches/:id/audits", (_request, answer) => {
      // A second click joins the audit that runs.
      answer.status(201).json({ id: state.isRunning() ? state.fiche().auditId : startAudit() });
    })
    .get("/api/audits/:id", ({ params }, answer) => {
      if (state.auditIds().includes(params.id)) answer.json(state.audit(params.id));
      else answer.sendStatus(404);
    })
    .get("/api/notifications", (_request, answer) => void answer.json(state.toasts()))
    .post("/api/session", (_request, answer) => void answer.status(201).json(colleagues.signIn()))
    .get("/api/connection", (_request, answer) => void answer.json({ isCut: wire.isCut() }))
    .put("/api/connection", express.json(), ({ body }, answer) => {
      if (body.isCut === true) wire.cut();
      else wire.restore();
      answer.json({ isCut: wire.isCut() });
    })
    .post("/api/pusher/auth", express.raw({ type: "*/*", limit: MAX_BODY_BYTES }), async (incoming, outgoing) => {
      const user = colleagues.of(incoming.get("authorization"));
      await send(outgoing, await forwardSubscription(webRequest(incoming), user, mayJoin, gateway));
    })
    .use("/api", (_request, answer) => void answer.sendStatus(404))
    .use(answerProblem);
}

/** Without this handler, Express answers with a page. */
const answerProblem: ErrorRequestHandler = async (error, _incoming, outgoing, _next) => {
  const { status } = Object(error);
  const isMistake = status >= 400 && status < 500;
  if (!isMistake) console.error(error);
  await send(
    outgoing,
    isMistake ? problem(status, "invalid_body", "Send JSON") : problem(500, "internal_error", "Try again"),
  );
};
