import { issue, type SubsetCheck } from "./schema.ts";

export const minLength =
  (minimum: number): SubsetCheck =>
  (value) =>
    typeof value === "string" && value.length < minimum
      ? issue("too_small", { origin: "string", minimum, continues: true })
      : undefined;

export const minimum =
  (least: number, { error: message = "Invalid input" } = {}): SubsetCheck =>
  (value) =>
    typeof value === "number" && value < least
      ? issue("too_small", { origin: "number", minimum: least, message, continues: true })
      : undefined;

export const multipleOf =
  (divisor: number): SubsetCheck =>
  (value) =>
    typeof value === "number" && value % divisor !== 0 ? issue("not_multiple_of", { continues: true }) : undefined;

export const refine =
  <Value>(isValid: (value: Value) => boolean, { error }: { readonly error: string }): SubsetCheck =>
  (value) =>
    isValid(value as Value) ? undefined : issue("custom", { message: error, continues: true });
