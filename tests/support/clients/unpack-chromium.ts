import chromium from "@sparticuz/chromium";

// Unpacks into TMPDIR, which is read when the package is loaded: hence a process of its own.
console.log(await chromium.executablePath());
