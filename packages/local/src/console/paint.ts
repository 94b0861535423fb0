import { styleText } from "node:util";

export type Paint = Readonly<Record<"bold" | "dim" | "green" | "yellow" | "red" | "plain", (text: string) => string>>;

/** Colours for a terminal, or plain text. */
export function createPaint(coloured: boolean): Paint {
  const plain = (text: string): string => text;
  const brush = (style: Exclude<keyof Paint, "plain">) => (text: string) =>
    coloured && text !== "" ? styleText(style, text, { validateStream: false }) : text;
  return {
    bold: brush("bold"),
    dim: brush("dim"),
    green: brush("green"),
    yellow: brush("yellow"),
    red: brush("red"),
    plain,
  };
}
