// Pages are made of sections of the repository's READMEs and of files that tests run, so that each text is written once.
import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { root } from "./repository.ts";
import { slug } from "./slug.ts";

const INCLUDE = /^<!-- include (\S+?)(?:#(\S+))? -->$/gm;
const SNIPPET = /^<!-- snippet (\S+) -->$/gm;

/** The section of a file below a heading, without the heading: all that is deeper comes with it. */
export function readSection(file: string, anchor: string | undefined): string {
  const text = readFileSync(join(root, file), "utf8");
  if (anchor === undefined) return text.replace(/^# .*\n/, "");
  let depth = 0;
  let isCode = false;
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("```")) isCode = !isCode;
    const [, marks = "", heading = ""] = (!isCode && /^(#+) (.*)$/.exec(line)) || [];
    if (depth > 0 && marks !== "" && marks.length <= depth) break;
    if (depth > 0) lines.push(line);
    else if (marks !== "" && slug(heading) === anchor) depth = marks.length;
  }
  if (depth === 0) throw new Error(`${file} has no section #${anchor}`);
  return raiseHeadings(lines.join("\n"));
}

/** Headings from the second level on, as they are in a page of its own. */
function raiseHeadings(text: string): string {
  let isCode = false;
  const lines = text.split("\n").map((line) => {
    if (line.startsWith("```")) isCode = !isCode;
    return isCode ? line : line.replace(/^#{3,}(?= )/, (marks) => marks.slice(1));
  });
  return lines.join("\n");
}

/** Links of a text that are relative to its file become relative to the root: `/packages/core/README.md#errors`. */
export function absoluteLinks(text: string, file: string): string {
  return text.replace(/(?<=\]\()[^)\s]+(?=\))/g, (target) => {
    if (/^([a-z]+:|\/)/i.test(target)) return target;
    const [path = "", anchor] = target.split("#");
    const to = path === "" ? file : posix.join(dirname(file), path).replace(/\/$/, "");
    return `/${to}${anchor === undefined ? "" : `#${anchor}`}`;
  });
}

/** The sections that a page includes, as `README.md#errors`. */
export function includedSections(markdown: string): string[] {
  return [...markdown.matchAll(INCLUDE)].map(([, file, anchor]) =>
    anchor === undefined ? `${file}` : `${file}#${anchor}`,
  );
}

/**
 * A page with its sections and snippets.
 * @throws Error where a file or a section is missing.
 */
export function expand(markdown: string): string {
  return markdown
    .replace(INCLUDE, (_, file: string, anchor: string | undefined) =>
      absoluteLinks(readSection(file, anchor), file).trim(),
    )
    .replace(SNIPPET, (_, file: string) => {
      const code = readFileSync(join(root, file), "utf8").trim();
      return `\`\`\`${file.split(".").at(-1)}\n${code}\n\`\`\``;
    });
}
