// Every npm script starts with this check, so it must run on any Node since 18, and without an installed package.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The first Node that runs TypeScript without a flag and has `import.meta.main`. */
const OLDEST = [24, 2];

/** The reason why the scripts cannot run, with the command that helps. Otherwise Node reports an unknown extension `.ts`. */
export function setupProblem({ nodeVersion, packages, env, isInstalled }) {
  const withoutDev = env.NODE_ENV === "production" || /\bdev\b/.test(env.npm_config_omit ?? "");
  const install = withoutDev ? "npm ci --include=dev" : "npm ci";
  const because = withoutDev ? " NODE_ENV=production or omit=dev makes npm leave them out." : "";
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === packages.length) return `The project's packages are not installed.${because} Run: ${install}`;
  if (missing.length > 0) return `Packages are missing, such as ${missing[0]}.${because} Run: ${install}`;
  if (isRecent(nodeVersion)) return undefined;
  if (!isInstalled("node/bin/node"))
    return "The project's own Node is not installed: npm skipped install scripts. Run: npm ci --ignore-scripts=false";
  return (
    `This is Node ${nodeVersion}, and the project needs Node ${OLDEST.join(".")} or newer. ` +
    "Run it through npm, which uses the project's own Node: npm start, npm run NAME, or npx node FILE"
  );
}

function isRecent(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

// `import.meta.main` is too new for this file.
if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
  const problem = setupProblem({
    nodeVersion: process.versions.node,
    packages: Object.keys(JSON.parse(readFileSync(at("package.json"), "utf8")).devDependencies),
    env: process.env,
    isInstalled: (path) => existsSync(at(`node_modules/${path}`)),
  });
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 1;
  }
}
