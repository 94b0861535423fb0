import { useConsole } from "../state/console.ts";

export function NoticeList() {
  const { notices } = useConsole();
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.all.value.map(({ number, text, isProblem }) => (
        <div key={number} class={isProblem ? "notice notice-problem" : "notice"}>
          <span>{text}</span>
          <button type="button" class="icon" title="Close" onClick={() => notices.dismiss(number)}>
            <span aria-hidden="true">×</span>
            <span class="unseen">Close</span>
          </button>
        </div>
      ))}
    </div>
  );
}
