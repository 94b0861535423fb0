import { type AuditState, FICHE_ID, type FicheState, type StepState, type Toast } from "../platform.ts";

const STEPS = ["Introduction", "Needs of the customer", "Duty to advise", "Right of withdrawal", "Price", "Summary"];
const MAX_TOASTS = 4;

/** The authoritative state, which a real platform has in its database. */
export interface PlatformState {
  fiche(): FicheState;
  /** Throws if there is no such audit. */
  audit(id: string): AuditState;
  auditIds(): readonly string[];
  /** The newest comes first. */
  toasts(): readonly Toast[];
  isRunning(): boolean;
  /** Adds an audit of the fiche, with every step still to do. Returns its id. */
  addAudit(): string;
  changeFiche(change: Partial<FicheState>): void;
  changeAudit(id: string, change: Partial<AuditState>): void;
  changeStep(id: string, position: number, status: StepState["status"]): void;
  addToast(type: Toast["type"], message: string): void;
}

export function createPlatformState(): PlatformState {
  const audits = new Map<string, AuditState>();
  let toasts: readonly Toast[] = [];
  let toastCount = 0;
  let fiche: FicheState = { id: FICHE_ID, prospect: "Zoé Lefèvre", recordings: 3, transcribed: 3, auditId: "" };

  const audit = (id: string): AuditState => {
    const found = audits.get(id);
    if (found === undefined) throw new Error(`there is no audit ${id}`);
    return found;
  };
  const changeAudit = (id: string, change: Partial<AuditState>): void =>
    void audits.set(id, { ...audit(id), ...change });
  const add = (status: StepState["status"], about: Pick<AuditState, "status" | "phase" | "scorePercent">): string => {
    const id = `${FICHE_ID}-${audits.size + 1}`;
    audits.set(id, { id, steps: STEPS.map((name, at) => ({ position: at + 1, name, status })), ...about });
    fiche = { ...fiche, auditId: id };
    return id;
  };

  // The page shows an earlier audit until somebody starts one.
  add("passed", { status: "completed", phase: "done", scorePercent: 100 });

  return {
    fiche: () => fiche,
    audit,
    auditIds: () => [...audits.keys()],
    toasts: () => toasts,
    isRunning: () => audit(fiche.auditId).status === "running",
    addAudit: () => {
      fiche = { ...fiche, transcribed: 0 };
      return add("waiting", { status: "running", phase: "transcription" });
    },
    changeFiche: (change) => {
      fiche = { ...fiche, ...change };
    },
    changeAudit,
    changeStep: (id, position, status) =>
      changeAudit(id, {
        steps: audit(id).steps.map((step) => (step.position === position ? { ...step, status } : step)),
      }),
    addToast: (type, message) => {
      toastCount += 1;
      toasts = [{ id: toastCount, type, message }, ...toasts].slice(0, MAX_TOASTS);
    },
  };
}
