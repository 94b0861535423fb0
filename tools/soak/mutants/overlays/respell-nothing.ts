export * from "../../../../packages/routing/src/respell.ts";

export const respell = (json: string): string => json;
