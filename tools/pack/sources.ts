import type { Metafile } from "esbuild";

/** The paths of the sources that are in the built files. A source without a byte there is not. */
export const sourcesIn = ({ outputs }: Metafile): readonly string[] => [
  ...new Set(
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([path]) => path),
    ),
  ),
];
