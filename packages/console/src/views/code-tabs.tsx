import { useSignal } from "@preact/signals";
import { codeSnippets } from "../model/code-snippets.ts";
import { useConsole } from "../state/console.ts";
import { CopyButton } from "./parts.tsx";

/** The draft as code of a service. */
export function CodeTabs() {
  const { composer, stack } = useConsole();
  const chosen = useSignal(0);
  const environment = stack.environment.value;
  if (environment === undefined) return null;
  const snippets = codeSnippets(composer.draft.value, { env: environment.env, eventsUrl: environment.urls.events });
  const snippet = snippets[chosen.value];
  return (
    <section class="panel" aria-label="As code">
      <div class="panel-head">
        <h3>As code</h3>
        <div class="segments">
          {snippets.map(({ name }, index) => (
            <button
              key={name}
              type="button"
              class="small"
              aria-pressed={index === chosen.value}
              onClick={() => {
                chosen.value = index;
              }}
            >
              {name}
            </button>
          ))}
        </div>
        {snippet !== undefined && <CopyButton text={snippet.code} />}
      </div>
      <pre tabIndex={0}>{snippet?.code}</pre>
    </section>
  );
}
