/// <reference path="./.sst/platform/config.d.ts" />

// SST forbids imports at the top level, because every command calls `app`. Only a deployment calls `run`.
export default $config({
  async app({ stage }) {
    // Here and not in `run`: SST creates its own buckets before it calls `run`.
    const { regionFault } = await import("./infra/settings/region.ts");
    const fault = regionFault(process.env);
    if (fault !== undefined) throw new Error(fault);
    return {
      name: "realtime-gateway",
      home: "aws",
      // Of SST's own platform. Without a version, the first command of a checkout asks npm for the latest one.
      providers: { aws: "7.20.0" },
      removal: stage === "production" ? "retain" : "remove",
      protect: stage === "production",
      // The functions read environment variables and not SST's `Resource`, so its types are of no use.
      types: { ignore: ["functions/", "packages"] },
    };
  },
  async run() {
    const { deploy } = await import("./infra/deploy.ts");
    return deploy(process.env);
  },
});
