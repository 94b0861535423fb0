import type { AuditState, StepState } from "../../platform.ts";

const STEP_TEXTS: Readonly<Record<StepState["status"], string>> = {
  waiting: "to do",
  running: "running",
  passed: "passed",
  failed: "failed",
};

export function AuditCard({ audit }: { readonly audit: AuditState | undefined }) {
  const steps = audit?.steps ?? [];
  const done = steps.filter(({ status }) => status === "passed" || status === "failed").length;
  return (
    <section className="card audit" aria-labelledby="audit-title">
      <h2 id="audit-title">Audit {audit?.id}</h2>
      <p className="result">{audit === undefined ? "Loading" : resultOf(audit)}</p>
      <label>
        {done} of {steps.length} steps
        <progress max={Math.max(1, steps.length)} value={done} />
      </label>
      <ol className="steps">
        {steps.map(({ position, name, status }) => (
          <li key={position} data-status={status}>
            <span>{name}</span>
            <span className="outcome">{STEP_TEXTS[status]}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const resultOf = ({ status, phase, scorePercent }: AuditState): string =>
  status === "completed" ? `Completed: ${scorePercent} %` : `Running: ${phase}`;
