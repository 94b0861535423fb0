/** The resources of the REST API. The page reads them, and the server changes them. */

export interface StepState {
  readonly position: number;
  readonly name: string;
  readonly status: "waiting" | "running" | "passed" | "failed";
}

export interface AuditState {
  readonly id: string;
  readonly status: "running" | "completed";
  readonly phase: "transcription" | "analysis" | "done";
  readonly steps: readonly StepState[];
  /** From 0 to 100. Absent while the audit runs. */
  readonly scorePercent?: number;
}

export interface FicheState {
  readonly id: string;
  readonly prospect: string;
  readonly recordings: number;
  readonly transcribed: number;
  /** The newest audit. */
  readonly auditId: string;
}

export interface Toast {
  readonly id: number;
  readonly type: "info" | "success" | "warning" | "error";
  readonly message: string;
}

/** A member of the audit's presence channel. */
export interface AuditViewer {
  readonly id: string;
  readonly info: unknown;
  readonly me: boolean;
}

/** The user of one tab. */
export interface Colleague {
  readonly token: string;
  readonly name: string;
}

export const FICHE_ID = "1787121";
