import { CodegenError } from "../codegen-error.js";
import { formatPointer, parsePointer } from "./json-pointer.js";
import { walkReferences } from "./walk-references.js";

const shown = 5;

/** Throws unless every `$ref` of the document leads to something in the document itself, and names those that do not. */
export function checkReferences(document: Record<string, unknown>, origin: string): void {
  const dangling: string[] = [];
  const outside: string[] = [];
  const known = new Map<string, string | undefined>();
  for (const { at, target } of walkReferences(document)) {
    if (!target.startsWith("#")) {
      outside.push(`${target}  (from ${formatPointer(at)})`);
      continue;
    }
    if (!known.has(target)) known.set(target, whyNot(document, target));
    const reason = known.get(target);
    if (reason !== undefined) dangling.push(`${target} ${reason}  (from ${formatPointer(at)})`);
  }
  if (outside.length > 0) {
    throw new CodegenError(`${origin} is not complete: ${count(outside, "$ref")} to other files.`, [
      ...firstOf(outside),
      // The pin covers one file, so that one file must hold it all.
      "A pinned document must hold all that it refers to. Bundle it (npx @redocly/cli bundle DOCUMENT -o openapi.json)",
      "and use the result as a file source, or remove what refers to them with an overlay.",
    ]);
  }
  if (dangling.length > 0) {
    throw new CodegenError(`${origin} is broken: ${count(dangling, "$ref")} nowhere.`, [
      ...firstOf(dangling),
      "An overlay (overlay.yaml) can add what is missing, or remove what refers to it.",
    ]);
  }
}

/** What is wrong with an internal reference; undefined where it leads to something. */
function whyNot(document: Record<string, unknown>, reference: string): string | undefined {
  const visited = new Set<string>();
  let target = reference;
  for (;;) {
    if (visited.has(target)) return "refers to itself";
    visited.add(target);
    const path = parsePointer(target);
    if (path === undefined) return "is no JSON Pointer";
    const found = follow(document, path);
    if (found === undefined) return target === reference ? "is not there" : `leads to ${target}, which is not there`;
    if (found.redirect === undefined) return undefined;
    target = found.redirect;
  }
}

/** Walks down a pointer; a `$ref` met on the way, or at the end, redirects what is left of it. */
function follow(document: unknown, path: readonly string[]): { readonly redirect?: string } | undefined {
  let node: unknown = document;
  for (let index = 0; ; index += 1) {
    const reference = ownReference(node);
    const next = path[index];
    // A pointer may name the parts of a reference object itself.
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

function count(list: readonly unknown[], noun: string): string {
  return list.length === 1 ? `1 ${noun} leads` : `${list.length} ${noun}s lead`;
}

function firstOf(list: readonly string[]): string[] {
  const rest = list.length - shown;
  return rest > 0 ? [...list.slice(0, shown), `... and ${rest} more`] : [...list];
}
