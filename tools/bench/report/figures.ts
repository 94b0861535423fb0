import type { Sample } from "../measure/statistics.ts";

const THREE_DIGITS = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const TWO_DIGITS = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });
const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** Measures have three significant digits. Whole numbers of bytes keep all digits. */
export const figureText = ({ median, spread }: Sample): string =>
  spread === 0 && median >= 1000 ? WHOLE.format(median) : THREE_DIGITS.format(median) + spreadText(spread);

export const ratioText = ({ median, spread }: Sample): string =>
  `${THREE_DIGITS.format(median)} ×${spreadText(spread)}`;

const spreadText = (spread: number): string => (spread === 0 ? "" : ` ±${TWO_DIGITS.format(100 * spread)} %`);
