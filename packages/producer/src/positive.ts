/** Throws if an option is not a whole number from 1: with 0 requests or places, nothing would ever be sent. */
export function positive(name: string, value: number): number {
  if (!Number.isInteger(value) || value < 1)
    throw new RangeError(`${name} must be a whole number from 1, got ${value}`);
  return value;
}
