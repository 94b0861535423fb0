import { render } from "preact";
import { ConsoleContext, createConsoleState } from "./state/console.ts";
import { App } from "./views/app.tsx";

const place = document.getElementById("console");
if (place === null) throw new Error("index.html has no element for the page.");
render(
  <ConsoleContext.Provider value={createConsoleState()}>
    <App />
  </ConsoleContext.Provider>,
  place,
);
