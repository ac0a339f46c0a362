import { codeSpan, escapeJsonControlCharacters, showDocumentText } from "../text/show-document-text.js";
import type { CalledOperation, NeededScopes } from "./scopes-of-calls.js";

/** What a report is about. */
export interface ScopesReport extends NeededScopes {
  /** The provider or document, as it was named. */
  readonly name: string;
  /** Whether the operations are those that sources call, instead of all. */
  readonly isUsage: boolean;
}

const setText = (set: readonly string[]) => set.map(showDocumentText).join(" + ");
const alternativesText = (alternatives: CalledOperation["alternatives"]) => alternatives.map(setText).join(" or ");

/** Why there are no scopes to show; undefined where there are some. */
function nothing({ name, isUsage, operations }: ScopesReport): string | undefined {
  if (operations.length === 0)
    return isUsage ? `No call of an operation of ${name} was found.` : `${name} has no operations.`;
  if (operations.some(({ alternatives }) => alternatives.length > 0)) return undefined;
  const which = isUsage ? "the operations that are called" : "any operation";
  return `The document of ${name} names no scopes for ${which}: see the provider's documentation.`;
}

/** The report for people. */
export function scopesText(report: ScopesReport): string {
  const { operations, scopes, oneOf, isUsage } = report;
  const rows = operations.map(({ method, path, alternatives, calls }) => {
    const needs = alternatives.length > 0 ? alternativesText(alternatives) : "(the document names no scopes)";
    const where = calls.length > 0 ? `    ${calls.join(", ")}\n` : "";
    return `  ${showDocumentText(`${method} ${path}`)}\n    ${needs}\n${where}`;
  });
  const total = [
    ...(scopes.length > 0 ? [`Needed: ${scopes.map(showDocumentText).join(" ")}`] : []),
    ...oneOf.map((alternatives) => `One of: ${alternativesText(alternatives)}`),
  ];
  const absent = nothing(report);
  const list = absent === undefined || isUsage ? rows : [];
  return [...list, ...(absent === undefined ? (isUsage ? total : []) : [absent])].join("\n").trimEnd();
}

/** The report as JSON text. */
export function scopesJson({ name, operations, scopes, oneOf, isUsage }: ScopesReport): string {
  const total = isUsage ? { scopes, oneOf } : {};
  const rows = isUsage ? operations : operations.map(({ calls: _, ...operation }) => operation);
  return escapeJsonControlCharacters(JSON.stringify({ name, ...total, operations: rows }, undefined, 2));
}

/** The report as a table in Markdown. */
export function scopesMarkdown(report: ScopesReport): string {
  const absent = nothing(report);
  if (absent !== undefined) return absent;
  // A cell ends at a bar, also within a code span.
  const code = (text: string) => codeSpan(text).replaceAll("|", "\\|");
  const rows = report.operations.map(({ method, path, alternatives }) => {
    const sets = alternatives.map((set) => set.map(code).join(" + "));
    return `| ${code(`${method} ${path}`)} | ${sets.join(" or ") || "not in the document"} |`;
  });
  return ["| operation | scopes |", "| --- | --- |", ...rows].join("\n");
}
