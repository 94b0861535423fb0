import { styleText } from "node:util";

export type Paint = Readonly<Record<"bold" | "dim" | "green" | "yellow" | "red", (text: string) => string>>;

/** Colours, or none where nobody would see them. */
export function createPaint(coloured: boolean): Paint {
  const brush = (style: keyof Paint) => (text: string) =>
    coloured ? styleText(style, text, { validateStream: false }) : text;
  return { bold: brush("bold"), dim: brush("dim"), green: brush("green"), yellow: brush("yellow"), red: brush("red") };
}
