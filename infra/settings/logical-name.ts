/** The name of a function in Pulumi's state: `TestEvent` for `test-event`. Another name would replace the function. */
export const logicalName = (functionName: string): string =>
  functionName
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
