/** The files of the page, by the path of the HTTP port that serves them. */
export const PAGE_FILES = {
  "/": { name: "index.html", type: "text/html; charset=utf-8" },
  "/console.js": { name: "console.js", type: "text/javascript; charset=utf-8" },
  "/console.css": { name: "console.css", type: "text/css; charset=utf-8" },
  "/console.svg": { name: "console.svg", type: "image/svg+xml" },
} as const;
