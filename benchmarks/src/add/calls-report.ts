import { markdownTable } from "../report/table.ts";
import { type Aspect, aspects, type Calls } from "./call.ts";
import { reasonLines } from "./lists-report.ts";

/** The calls of one document. */
export interface CalledDocument {
  readonly document: string;
  readonly calls: Calls;
}

/** The section about calls: how many of each document are right in each respect, and below it why others are not. */
export function callsSection(all: readonly CalledDocument[], source: string): string {
  const sum = (count: (calls: Calls) => number) => all.reduce((total, { calls }) => total + count(calls), 0);
  const row = (document: string, count: (read: (calls: Calls) => number) => number) => [
    document,
    ...(["called", "parameters", "bodies"] as const).map((key) => String(count((calls) => calls[key]))),
    ...aspects.map((aspect: Aspect) => String(count(({ right }) => right[aspect]))),
  ];
  const rows = all.map(({ document, calls }) => row(document, (read) => read(calls)));
  return `## Calls of real documents

Written by \`pnpm bench:add\`: ${source}. 20 operations of each, drawn by the same seed, are called with all parameters that OpenAPI says how to
send, whose texts have separators in them. Path, query and headers are compared with the table of styles of OpenAPI 3.1.1, written for
this comparison; the body with the media type that the document has; the credential with \`security\`. The response is made from
the document alone, and data is right where it is that response. A call that is not sent is wrong in every respect. Where a document wants
several credentials at once, \`connectry add\` leaves a TODO, and the calls lack all but one.

${markdownTable([["", "called", "parameters", "bodies", ...aspects.map((aspect) => `right ${aspect}`)], ...rows, row("all", sum)])}

${all.flatMap(({ document, calls }) => reasonLines(document, calls.reasons)).join("\n")}
`;
}
