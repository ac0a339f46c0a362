import { fieldOf, stringIn } from "../document/json.js";
import type { NamedOperation } from "../operations/api-operation.js";
import { writeDocComment } from "./doc-comment.js";
import { GENERATED } from "./header.js";
import { writeText } from "./literal.js";

/** A constant for each operation, whose comment has the document's text and deprecation, so that editors show them. */
export function writeOperations(operations: readonly NamedOperation[]): string {
  const constants = operations.map((operation) => {
    const method = writeText(operation.method);
    return `${writeComment(operation)}export const ${operation.name} = { method: ${method}, path: ${writeText(operation.path)} } as const;\n`;
  });
  return `${GENERATED}\n${constants.join("\n") || "export {};\n"}`;
}

function writeComment({ json }: NamedOperation): string {
  const summary = stringIn(json, "summary")?.trim() ?? "";
  const description = stringIn(json, "description")?.trim() ?? "";
  const paragraphs = summary === description ? [summary] : [summary, description];
  return writeDocComment(paragraphs, fieldOf(json, "deprecated") === true);
}
