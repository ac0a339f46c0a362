import type { DocumentOperation } from "../document/operation.js";

/** What a path of the document stands for. */
export interface Resource {
  /** An object in a list has a parameter as its last segment; anything else is a place of its own. */
  readonly parameter: string | undefined;
  /** The parameter of the objects below it, where it has such: `/v1/customers` has those of `/v1/customers/{customer}`. */
  readonly itemParameter: string | undefined;
  readonly operations: ReadonlyMap<string, DocumentOperation>;
  /** The path one segment up, where the document has it: the list of an object, the object of an action. */
  readonly above: Resource | undefined;
}

/** The paths of a document by what they stand for. */
export interface Resources {
  of(operation: DocumentOperation): Resource;
  /** What records keep under a path as it was sent: without an ending, and encoded in one way. */
  key(operation: DocumentOperation, path: string): string;
}

const ending = /\.json$/;

function recode(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    return segment;
  }
}

/** The key of what stands above another. */
export function keyAbove(key: string): string {
  return key.slice(0, key.lastIndexOf("/"));
}

interface Draft {
  readonly parameter: string | undefined;
  itemParameter: string | undefined;
  readonly operations: Map<string, DocumentOperation>;
  above: Draft | undefined;
}

/** Reads from the paths of a document which are objects, and which are the lists that they stand in. */
export function createResources(operations: readonly DocumentOperation[]): Resources {
  const byTemplate = new Map<string, Draft>();
  for (const operation of operations) {
    const template = operation.path.replace(ending, "");
    const parameter = /\/\{([^{}]+)\}$/.exec(template)?.[1];
    const draft = byTemplate.get(template) ?? {
      parameter,
      itemParameter: undefined,
      operations: new Map(),
      above: undefined,
    };
    draft.operations.set(operation.method, operation);
    byTemplate.set(template, draft);
  }
  for (const [template, draft] of byTemplate) {
    draft.above = byTemplate.get(keyAbove(template));
    if (draft.above === undefined || draft.parameter === undefined) continue;
    // Where a path has objects under several names, it is by the one that reads them.
    if (draft.above.itemParameter === undefined || draft.operations.has("GET"))
      draft.above.itemParameter = draft.parameter;
  }
  return {
    of: ({ path }) => byTemplate.get(path.replace(ending, "")) as Resource,
    key: (operation, path) =>
      (ending.test(operation.path) ? path.replace(ending, "") : path).split("/").map(recode).join("/"),
  };
}
