import { useEffect, useRef } from "preact/hooks";
import { SHORTCUTS } from "../model/shortcuts.ts";
import { useConsole } from "../state/console.ts";

export function Help() {
  const { page } = useConsole();
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = page.isHelpOpen.value;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const close = (): void => {
    page.isHelpOpen.value = false;
  };
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={close}>
      <h2 id="help-title">Keys</h2>
      <dl>
        {SHORTCUTS.map(({ key, use }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{use}</dd>
          </div>
        ))}
      </dl>
      <h2>Filter</h2>
      <p>
        <code>type:audit.* id:42 is:truncated &gt;500ms</code>
      </p>
      <p>
        Also <code>channel:</code>, <code>code:</code> and words. Words match names, ids and payloads. A minus excludes:{" "}
        <code>-is:published</code>
      </p>
      <h2>For agents</h2>
      <p>
        An MCP client connects to <code>{location.origin}/mcp</code>
      </p>
      <button type="button" onClick={close}>
        Close
      </button>
    </dialog>
  );
}
