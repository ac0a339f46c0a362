import { formatPointer, parsePointer } from "./json-pointer.js";
import { type Reference, walkObjects, walkReferences } from "./walk-references.js";

type Json = Record<string, unknown>;
type Path = readonly (string | number)[];

/** A schema that has an address of its own. */
interface Resource {
  readonly at: Path;
  readonly url: string;
}

// Relative addresses are resolved against it, so that those of the document itself can be compared.
const DOCUMENT_URL = "https://document.invalid/";

/**
 * Replaces references to an `$anchor` or `$id` of the document itself by JSON pointers (JSON Schema 2020-12, sections 8.2.1 and 8.2.2). All
 * other references stay as they are, and a document without such names is returned unchanged.
 */
export function resolveAnchors(document: Json): Json {
  const { resources, anchors } = namesOf(document);
  if (resources.length === 0 && anchors.size === 0) return document;
  const byUrl = new Map(resources.map(({ url, at }) => [url, at]));
  const owned = new WeakSet<object>();
  let result = document;
  for (const reference of walkReferences(document)) {
    const path = resolve(document, reference, { resources, byUrl, anchors });
    if (path === undefined) continue;
    const isMapping = reference.at.at(-2) === "mapping";
    const at = isMapping ? reference.at : [...reference.at, "$ref"];
    result = replaceAt(result, { at, value: formatPointer(path) }, owned) as Json;
  }
  return result;
}

interface Names {
  readonly resources: readonly Resource[];
  /** Paths by URL with the anchor as fragment. */
  readonly anchors: ReadonlyMap<string, Path>;
}

function namesOf(document: Json): Names {
  const resources: Resource[] = [];
  const anchors = new Map<string, Path>();
  for (const { node, at, isMap } of walkObjects(document)) {
    if (isMap || Array.isArray(node)) continue;
    const { $id: id, $anchor: anchor } = node as Json;
    if (typeof id !== "string" && typeof anchor !== "string") continue;
    const path = at();
    if (typeof id === "string" && path.length > 0) {
      const url = urlOf(id, baseOf(path, resources));
      if (url !== undefined) resources.push({ at: path, url: url.split("#")[0] ?? url });
    }
    if (typeof anchor === "string") anchors.set(`${baseOf(path, resources)}#${anchor}`, path);
  }
  return { resources, anchors };
}

/** The address of the innermost resource that contains a path. Resources are found from the outside in. */
function baseOf(path: Path, resources: readonly Resource[]): string {
  const around = resources.filter(({ at }) => at.every((step, index) => step === path[index]));
  return around.sort((one, other) => other.at.length - one.at.length)[0]?.url ?? DOCUMENT_URL;
}

function urlOf(text: string, base: string): string | undefined {
  return URL.canParse(text, base) ? new URL(text, base).href : undefined;
}

function resolve(
  document: Json,
  { at, target }: Reference,
  { resources, byUrl, anchors }: Names & { readonly byUrl: ReadonlyMap<string, Path> },
): Path | undefined {
  const base = baseOf(at, resources);
  const inDocument = parsePointer(target);
  // Most authors mean the document, also inside of a schema with an address.
  if (inDocument !== undefined && (base === DOCUMENT_URL || exists(document, inDocument))) return undefined;
  const url = urlOf(target, base);
  if (url === undefined) return undefined;
  const [address = "", fragment] = url.split("#");
  const resource = address === DOCUMENT_URL ? [] : byUrl.get(address);
  if (resource === undefined) return undefined;
  if (fragment === undefined || fragment === "") return resource;
  const pointer = parsePointer(`#${fragment}`);
  return pointer === undefined ? anchors.get(`${address}#${decodeURIComponent(fragment)}`) : [...resource, ...pointer];
}

function exists(document: unknown, path: Path): boolean {
  let node = document;
  for (const step of path) {
    if (node === null || typeof node !== "object" || !Object.hasOwn(node, step)) return false;
    node = (node as Record<string | number, unknown>)[step];
  }
  return true;
}

/** A copy with another value at a path; what has been copied before is changed in place. */
function replaceAt(
  root: object,
  { at, value }: { readonly at: Path; readonly value: unknown },
  owned: WeakSet<object>,
): object {
  const copyOf = (node: object) => {
    if (owned.has(node)) return node;
    const copy = Array.isArray(node) ? [...node] : { ...node };
    owned.add(copy);
    return copy;
  };
  const result = copyOf(root);
  let parent = result as Record<string | number, unknown>;
  for (const step of at.slice(0, -1)) {
    const child = copyOf(parent[step] as object);
    parent[step] = child;
    parent = child as Record<string | number, unknown>;
  }
  parent[at.at(-1) ?? ""] = value;
  return result;
}
