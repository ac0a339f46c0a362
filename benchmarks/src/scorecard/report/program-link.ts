import { readdir, readFile } from "node:fs/promises";

const folders = ["faults", "subjects", "webhooks"];
const root = new URL("../", import.meta.url);

/** Where the data of a fault or a subject is: a path and a line, relative to SCORECARD.md. */
export type ProgramLink = (id: string) => string;

/** Finds the line of each id in the files of data. */
export async function programLinks(): Promise<ProgramLink> {
  const found: { file: string; lines: string[] }[] = [];
  for (const folder of folders) {
    for (const name of (await readdir(new URL(folder, root))).filter(
      (one) => /\.ts$/.test(one) && !one.endsWith(".test.ts"),
    )) {
      const text = await readFile(new URL(`${folder}/${name}`, root), "utf8");
      found.push({ file: `src/scorecard/${folder}/${name}`, lines: text.split("\n") });
    }
  }
  return (id) => {
    // Ids of a list of statuses are written once, with the status as a placeholder.
    const wanted = [`"${id}"`, `\`$\{status}${id.replace(/^\d+/, "")}\``];
    for (const { file, lines } of found) {
      const line = lines.findIndex(
        (text) => wanted.some((one) => text.includes(one)) && /\bid:|form\(|forever\(/.test(text),
      );
      if (line >= 0) return `${file}#L${line + 1}`;
    }
    return "src/scorecard/subjects/connectors.ts";
  };
}
