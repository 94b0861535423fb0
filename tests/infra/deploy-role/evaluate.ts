import { readFileSync } from "node:fs";
import * as z from "zod/mini";

const OneOrMore = z.union([z.string(), z.array(z.string())]);
const Condition = z.record(z.string(), z.record(z.string(), OneOrMore));
const Statement = z.object({
  Sid: z.optional(z.string()),
  Effect: z.literal("Allow"),
  Action: OneOrMore,
  Resource: OneOrMore,
  Condition: z.optional(Condition),
});
const Policy = z.object({ Version: z.literal("2012-10-17"), Statement: z.array(Statement) });

export type RoleStatement = z.infer<typeof Statement>;
export const ACCOUNT = "123456789012";

/** A policy of `infra/deploy-role`, for the account of the synthesis. */
export function policyOf(name: "policy" | "boundary" | "domain" | "rest-api"): readonly RoleStatement[] {
  const text = readFileSync(new URL(`../../../infra/deploy-role/${name}.json`, import.meta.url), "utf8");
  return Policy.parse(JSON.parse(text.replaceAll("ACCOUNT", ACCOUNT))).Statement;
}

export const listOf = (values: string | readonly string[]): readonly string[] =>
  typeof values === "string" ? [values] : values;

export interface AwsCall {
  readonly action: string;
  readonly resource: string;
  /** The values of condition keys. */
  readonly context?: Readonly<Record<string, string>>;
}

/** IAM's rules for statements that allow: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export const allows = (statements: readonly RoleStatement[], { action, resource, context = {} }: AwsCall): boolean =>
  statements.some(
    (statement) =>
      listOf(statement.Action).some((pattern) => matches(pattern, action)) &&
      listOf(statement.Resource).some((pattern) => matches(pattern, resource)) &&
      Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) => holds(operator, listOf(wanted), context[key])),
      ),
  );

function holds(operator: string, wanted: readonly string[], value: string | undefined): boolean {
  if (value === undefined) return false;
  if (operator === "StringEquals") return wanted.includes(value);
  if (["ArnLike", "ArnEquals", "StringLike"].includes(operator))
    return wanted.some((pattern) => matches(pattern, value));
  throw new Error(`${operator} is not evaluated`);
}

const matches = (pattern: string, value: string): boolean =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(value);
