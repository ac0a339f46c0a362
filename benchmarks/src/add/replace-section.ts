import { readFile, writeFile } from "node:fs/promises";

const results = new URL("../../RESULTS.md", import.meta.url);
// `pnpm bench` keeps what follows it.
const first = "## Lists of real documents";

/** Replaces a section about documents of RESULTS.md, or adds it at the end. */
export async function replaceSection(heading: string, body: string): Promise<void> {
  const text = await readFile(results, "utf8");
  if (!text.includes(first)) throw new Error("Run `pnpm bench:add` first: RESULTS.md has no sections about documents.");
  const start = text.indexOf(`${heading}\n`);
  const end = start < 0 ? -1 : text.indexOf("\n## ", start + 1);
  const before = start < 0 ? `${text.trimEnd()}\n\n` : text.slice(0, start);
  const after = end < 0 ? "" : text.slice(end);
  await writeFile(results, `${before}${heading}\n\n${body.trimEnd()}\n${after}`);
}
