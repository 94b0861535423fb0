import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { FaultEffect } from "../faults/fault-schema.ts";
import { type ApiAnswer, sendAnswer } from "./api-answer.ts";

/** Answers a call as its fault demands. `accept` handles the call; `closing` ends a pause. */
export async function applyFault(
  fault: FaultEffect,
  response: ServerResponse,
  accept: () => Promise<ApiAnswer>,
  closing: AbortSignal,
): Promise<void> {
  switch (fault.kind) {
    case "answer": {
      const { status, body = "", headers = {}, accepted = false } = fault;
      if (accepted) await accept();
      response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers });
      response.end(body);
      return;
    }
    case "wait":
      await pause(fault.ms, undefined, { signal: closing });
      return sendAnswer(response, await accept());
    case "answer-late": {
      const answer = await accept();
      if (fault.ms === undefined) return;
      await pause(fault.ms, undefined, { signal: closing });
      return sendAnswer(response, answer);
    }
    case "stall-body": {
      const { status, contentType, body } = await accept();
      response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body) });
      response.write(body.slice(0, Math.ceil(body.length / 2)));
      return;
    }
    case "reset":
      if (fault.accepted === true) await accept();
      response.socket?.resetAndDestroy();
      return;
  }
}
