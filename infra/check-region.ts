import { regionFault } from "./settings/region.ts";

// `sst.config.ts` checks it too, for every command. But SST prints that error only with `--print-logs`.
const fault = regionFault(process.env);
if (fault !== undefined) {
  console.error(fault);
  process.exitCode = 1;
}
