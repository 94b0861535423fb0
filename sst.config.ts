/// <reference path="./.sst/platform/config.d.ts" />

// SST forbids imports up here: this half is read by every command, the other only where something is deployed.
export default $config({
  app: ({ stage }) => ({
    name: "realtime-gateway",
    home: "aws",
    removal: stage === "production" ? "retain" : "remove",
    protect: stage === "production",
    // Nothing is linked through SST's `Resource`, so that its types are of no use.
    types: { ignore: ["functions/", "packages"] },
  }),
  async run() {
    const { deploy } = await import("./infra/deploy.ts");
    return deploy(process.env);
  },
});
