import { slug } from "./slug.ts";

/** A row of a table that begins with the names of options, errors or schemes. */
export interface NamedRow {
  readonly name: string;
  /** The heading that the table is below, and its anchor. */
  readonly heading: string;
  readonly anchor: string;
  readonly text: string;
}

/** The rows of all tables of a page, one for each name, so that the search finds an option by its name. */
export function namedRows(markdown: string): NamedRow[] {
  const found: NamedRow[] = [];
  let heading = "";
  let isCode = false;
  for (const line of markdown.split("\n")) {
    if (line.startsWith("```")) isCode = !isCode;
    if (isCode) continue;
    heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
    const [, names = "", rest = ""] = /^\| ((?:`\w+`(?:, )?)+) \| (.*) \|$/.exec(line) ?? [];
    const text = rest.replace(/[`|]/g, " ");
    for (const [, name = ""] of names.matchAll(/`(\w+)`/g)) found.push({ name, heading, anchor: slug(heading), text });
  }
  return found;
}
