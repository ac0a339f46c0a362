import { CodegenError } from "../errors/codegen-error.js";
import { showDocumentText } from "../text/show-document-text.js";
import { formatPointer, parsePointer } from "./json-pointer.js";
import { walkReferences } from "./walk-references.js";

/** How many references a message lists. */
const listed = 5;

/**
 * Checks that every `$ref` of a document points to something in the document itself.
 * @throws CodegenError that lists the references that do not.
 */
export function checkReferences(document: Record<string, unknown>, origin: string): void {
  const dangling: string[] = [];
  const outside: string[] = [];
  const known = new Map<string, string | undefined>();
  for (const { at, target } of walkReferences(document)) {
    if (!target.startsWith("#")) {
      outside.push(`${showDocumentText(target)}  (from ${formatPointer(at)})`);
      continue;
    }
    if (!known.has(target)) known.set(target, findProblem(document, target));
    const reason = known.get(target);
    if (reason !== undefined) dangling.push(`${showDocumentText(target)} ${reason}  (from ${formatPointer(at)})`);
  }
  if (outside.length > 0) {
    const subject = outside.length === 1 ? "1 $ref points" : `${outside.length} $refs point`;
    throw new CodegenError(`${origin} is not complete: ${subject} to other files.`, [
      ...firstOf(outside),
      // The pin covers one file, so that file must contain everything.
      "A document must contain everything that it refers to. Bundle it (npx @redocly/cli bundle DOCUMENT -o openapi.json)",
      "and use the result as a file source, or remove the references with an overlay.",
    ]);
  }
  if (dangling.length > 0) {
    const subject = dangling.length === 1 ? "1 $ref" : `${dangling.length} $refs`;
    throw new CodegenError(`${origin} is broken: ${subject} cannot be resolved.`, [
      ...firstOf(dangling),
      "Add what is missing with an overlay (overlay.yaml), or remove the references with it.",
    ]);
  }
}

/** What is wrong with a reference within the document; undefined if it can be resolved. */
function findProblem(document: Record<string, unknown>, reference: string): string | undefined {
  const visited = new Set<string>();
  let target = reference;
  for (;;) {
    if (visited.has(target)) return "refers to itself";
    visited.add(target);
    const path = parsePointer(target);
    if (path === undefined) return "is not a JSON Pointer";
    const found = follow(document, path);
    if (found === undefined)
      return target === reference ? "does not exist" : `refers to ${showDocumentText(target)}, which does not exist`;
    if (found.redirect === undefined) return undefined;
    target = found.redirect;
  }
}

/** Follows a pointer. A `$ref` on the path, or at its end, redirects the rest of the path. */
function follow(document: unknown, path: readonly string[]): { readonly redirect?: string } | undefined {
  let node: unknown = document;
  for (let index = 0; ; index += 1) {
    const reference = ownReference(node);
    const next = path[index];
    // A pointer may also name a property of the reference object itself.
    if (reference !== undefined && (next === undefined || !has(node, next))) {
      return { redirect: formatPointer([...(parsePointer(reference) ?? [reference]), ...path.slice(index)]) };
    }
    if (next === undefined) return {};
    if (!has(node, next)) return undefined;
    node = (node as Record<string, unknown>)[next];
  }
}

function ownReference(node: unknown): string | undefined {
  if (!has(node, "$ref")) return undefined;
  const reference = (node as Record<string, unknown>).$ref;
  return typeof reference === "string" ? reference : undefined;
}

function has(node: unknown, key: string): boolean {
  return node !== null && typeof node === "object" && Object.hasOwn(node, key);
}

function firstOf(list: readonly string[]): string[] {
  const rest = list.length - listed;
  return rest > 0 ? [...list.slice(0, listed), `... and ${rest} more`] : [...list];
}
