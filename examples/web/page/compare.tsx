import { Actions, Navigation } from "./screen/navigation.tsx";

/** Both pages in frames of their own, so that each has its own connection. */
export const ComparePage = () => (
  <>
    <header className="bar">
      <h1>Audit platform</h1>
      <Navigation />
      <Actions />
    </header>
    <main className="pair">
      <iframe title="The page with the client" src="/?frame" />
      <iframe title="The page on bare pusher-js" src="/bare?frame" />
    </main>
  </>
);
