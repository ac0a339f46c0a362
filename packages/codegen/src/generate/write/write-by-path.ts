import { fieldOf, stringIn } from "../document/json.js";
import type { PagedList } from "../facts/find-pages.js";
import { METHODS, type NamedOperation } from "../operations/api-operation.js";
import { toPascalCase } from "../operations/operation-name.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { writeDocComment } from "./doc-comment.js";
import { GENERATED } from "./header.js";
import { writeText } from "./literal.js";

/** What the paths are generated from. */
export interface ByPathInput {
  readonly operations: readonly NamedOperation[];
  readonly pages: readonly PagedList[];
  readonly profile: GeneratorProfile;
}

/**
 * The operations as members of their paths. A path that is an argument has no symbol, so that editors show nothing of it; a member
 * has the comment of its declaration: the document's text and its deprecation.
 */
export function writeByPath({ operations, pages, profile }: ByPathInput): string {
  const prefix = toPascalCase(profile.id);
  const lists = new Map(pages.map(({ operation }) => [operation.path, operation]));
  const byPath = new Map<string, NamedOperation[]>();
  for (const operation of operations) byPath.set(operation.path, [...(byPath.get(operation.path) ?? []), operation]);
  const members = [...byPath].map(([path, own]) => {
    const sorted = METHODS.flatMap((method) => own.filter((operation) => operation.method === method));
    const calls = sorted.map((operation) => writeMethod(prefix, operation));
    const list = lists.get(path);
    if (list) calls.push(writeList(prefix, list));
    return `${indent(1, writePathComment(sorted))}  readonly ${writeText(path)}: {\n${calls.join("")}  };\n`;
  });
  const used = METHODS.filter((method) => operations.some((operation) => operation.method === method));
  const types = [
    ...used.map((method) => `${prefix}${toPascalCase(method)}Paths`),
    ...(lists.size > 0 ? [`${prefix}Pages`] : []),
    `${prefix}Paths`,
  ];
  const core = [
    ...(lists.size > 0 ? ["type PathList"] : []),
    ...(used.length > 0 ? ["type PathMethod"] : []),
    "pathClient",
  ];
  return `${GENERATED}import type { Connector } from "@connectry/core";
import { ${core.join(", ")} } from "@connectry/core/internal";
import type { ${types.sort().join(", ")} } from "./paths.js";

/** The operations by their paths. */
export interface ${prefix}ByPath {
${members.join("")}}

/** The client as an object of its paths, whose members carry the document's text and its deprecations. */
export const byPath: (client: Connector<${prefix}Paths>) => ${prefix}ByPath = pathClient;
`;
}

function writeMethod(prefix: string, operation: NamedOperation): string {
  const { method, path } = operation;
  const entry = `${prefix}${toPascalCase(method)}Paths[${writeText(path)}]`;
  // A response to HEAD has no body.
  const data = method === "HEAD" ? ", undefined" : "";
  const comment = writeDocComment([summaryOf(operation)], isDeprecated(operation));
  return `${indent(2, comment)}    readonly ${method}: PathMethod<${entry}${data}>;\n`;
}

function writeList(prefix: string, operation: NamedOperation): string {
  const comment = writeDocComment(["Iterates over the list to its end."], isDeprecated(operation));
  return `${indent(2, comment)}    readonly paginate: PathList<${prefix}Pages[${writeText(operation.path)}]>;\n`;
}

/** The texts of all methods of a path; it is deprecated where all of them are. */
function writePathComment(operations: readonly NamedOperation[]): string {
  const texts = operations.map((operation) => {
    const mark = isDeprecated(operation) && !operations.every(isDeprecated) ? " (deprecated)" : "";
    return `${operation.method}${mark}: ${summaryOf(operation)}`;
  });
  return writeDocComment(texts, operations.every(isDeprecated));
}

function summaryOf({ json }: NamedOperation): string {
  return stringIn(json, "summary")?.trim() || stringIn(json, "description")?.trim() || "";
}

function isDeprecated({ json }: NamedOperation): boolean {
  return fieldOf(json, "deprecated") === true;
}

function indent(depth: number, text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ".repeat(depth));
}
