export * from "../../../../functions/relay/settle.ts";

export const blockGroups = (): void => undefined;
