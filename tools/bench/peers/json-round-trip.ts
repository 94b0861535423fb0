/** The floor of reading messages: parsed, and written again. */
import type { SQSEvent } from "aws-lambda";

export async function handler({ Records }: SQSEvent): Promise<number> {
  let characters = 0;
  for (const { body } of Records) characters += JSON.stringify(JSON.parse(body)).length;
  return characters;
}
