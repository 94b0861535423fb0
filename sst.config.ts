/// <reference path="./.sst/platform/config.d.ts" />

// SST forbids imports at the top level, because every command reads `app`. Only a deployment calls `run`.
export default $config({
  app: ({ stage }) => ({
    name: "realtime-gateway",
    home: "aws",
    removal: stage === "production" ? "retain" : "remove",
    protect: stage === "production",
    // The functions read environment variables and not SST's `Resource`, so its types are of no use.
    types: { ignore: ["functions/", "packages"] },
  }),
  async run() {
    const { deploy } = await import("./infra/deploy.ts");
    return deploy(process.env);
  },
});
