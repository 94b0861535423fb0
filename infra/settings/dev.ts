import { PRODUCTION } from "./stage.ts";

/** `sst dev` deploys a stub in the place of each function, which forwards every request to one machine. */
export const devFaults = (stage: string): readonly string[] =>
  stage === PRODUCTION
    ? [
        "`sst dev` would replace production's functions by stubs of your machine. Use a stage of your own: npx sst dev --stage YOUR-NAME",
      ]
    : [];
