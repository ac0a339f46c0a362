import type { ProviderFacts } from "@connectry/core";
import { GENERATED } from "./header.js";
import { writeData, writeKey, writeText } from "./literal.js";

/** Formats the facts as a constant, with one line per operation. */
export function writeFacts(facts: ProviderFacts): string {
  return [
    GENERATED,
    `import type { ProviderFacts } from "@connectry/core";\n\n`,
    "export const facts = {\n",
    `  version: ${writeText(facts.version)},\n`,
    ...(facts.accept === undefined ? [] : [`  accept: ${writeText(facts.accept)},\n`]),
    ...(facts.contentType === undefined ? [] : [`  contentType: ${writeText(facts.contentType)},\n`]),
    ...(facts.multiSegment === undefined ? [] : [`  multiSegment: ${writeData(facts.multiSegment)},\n`]),
    ...(facts.emptyResponses === undefined ? [] : [`  emptyResponses: ${writeData(facts.emptyResponses)},\n`]),
    ...(facts.servers === undefined ? [] : [`  servers: ${writeData(facts.servers)},\n`]),
    `  operations: ${writeEntries(facts.operations)},\n`,
    `  pages: ${writeEntries(facts.pages)},\n`,
    "} as const satisfies ProviderFacts;\n",
  ].join("");
}

function writeEntries(entries: Readonly<Record<string, object>>): string {
  const lines = Object.entries(entries).map(([key, value]) => `    ${writeKey(key)}: ${writeData(value)},\n`);
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}  }`;
}
