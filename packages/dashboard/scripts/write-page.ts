// Writes src/generated/page.ts: the script and the style of the page, with uPlot in them, as two texts.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { rolldown } from "rolldown";

const { resolve } = createRequire(import.meta.url);

const build = await rolldown({ input: "page/main.ts", platform: "browser" });
const { output } = await build.generate({ format: "iife", minify: true });
const [{ code }] = output;
const style = [await readFile(resolve("uplot/dist/uPlot.min.css"), "utf8"), await readFile("page/page.css", "utf8")];
const license = "/*! uPlot, MIT License, Copyright (c) Leon Sorokin */";

// A script ends at the first of these, wherever it is.
if (/<\/script|<!--/i.test(code)) throw new Error("The script of the page contains what would end it.");
await mkdir("src/generated", { recursive: true });
await writeFile(
  "src/generated/page.ts",
  `export const script = ${JSON.stringify(`${license}\n${code.trim()}`)};\n\nexport const style = ${JSON.stringify(style.join("\n"))};\n`,
);
