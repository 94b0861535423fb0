import { setFetchClasses } from "./fetch-classes.ts";

// Hono and the functions find the classes in the global scope, as the bundles' code finds them at the top of a bundle.
setFetchClasses("light");
