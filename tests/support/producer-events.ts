/** A valid payload of `audit.progress`. */
export const progressOf = (audit: string, completed_steps = 0) => ({
  audit_id: audit,
  completed_steps,
  total_steps: 5,
  failed_steps: 0,
  current_phase: "analysis",
});

/** Events of so many audits in turn, each with its number as `completed_steps`. */
export const progressEvents = (count: number, audits: number) =>
  Array.from({ length: count }, (_, index) => ["audit.progress", progressOf(`a${index % audits}`, index)] as const);

/** A notification whose message has so many characters. It belongs to no group. */
export const notificationOf = (characters: number, character = "x") =>
  ["notification", { type: "info", message: character.repeat(characters) }] as const;
