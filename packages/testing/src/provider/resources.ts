import type { DocumentOperation } from "../document/operation.js";

/** A path of the document as a resource. */
export interface Resource {
  /** The last segment, where that is a parameter: the resource is an object of a list. */
  readonly parameter: string | undefined;
  /** The parameter of the objects below it: `/v1/customers` has that of `/v1/customers/{customer}`. */
  readonly itemParameter: string | undefined;
  /** By method. */
  readonly operations: ReadonlyMap<string, DocumentOperation>;
  /** The resource one segment up, where the document has it: the list of an object, the object of an action. */
  readonly parent: Resource | undefined;
}

/** The resources of a document. */
export interface Resources {
  of(operation: DocumentOperation): Resource;
  /** The resource of a path template; undefined where the document does not have it. */
  at(template: string): Resource | undefined;
  /** The key of a path as sent, in the object store: without `.json`, and with normalized percent-encoding. */
  key(operation: DocumentOperation, path: string): string;
}

const extension = /\.json$/;

function normalizeEncoding(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    return segment;
  }
}

/** The key one segment up. */
export function parentKey(key: string): string {
  return key.slice(0, key.lastIndexOf("/"));
}

interface Draft {
  readonly parameter: string | undefined;
  itemParameter: string | undefined;
  readonly operations: Map<string, DocumentOperation>;
  parent: Draft | undefined;
}

/** Derives from the paths of a document which resources are objects, and which are their lists. */
export function createResources(operations: readonly DocumentOperation[]): Resources {
  const byTemplate = new Map<string, Draft>();
  for (const operation of operations) {
    const template = operation.path.replace(extension, "");
    const parameter = /\/\{([^{}]+)\}$/.exec(template)?.[1];
    const draft = byTemplate.get(template) ?? {
      parameter,
      itemParameter: undefined,
      operations: new Map(),
      parent: undefined,
    };
    draft.operations.set(operation.method, operation);
    byTemplate.set(template, draft);
  }
  for (const [template, draft] of byTemplate) {
    draft.parent = byTemplate.get(parentKey(template));
    if (draft.parent === undefined || draft.parameter === undefined) continue;
    // Where a list has objects under several parameters, that of the object which can be read is taken.
    if (draft.parent.itemParameter === undefined || draft.operations.has("GET"))
      draft.parent.itemParameter = draft.parameter;
  }
  return {
    of: ({ path }) => byTemplate.get(path.replace(extension, "")) as Resource,
    at: (template) => byTemplate.get(template.replace(extension, "")),
    key: (operation, path) => {
      const withoutExtension = extension.test(operation.path) ? path.replace(extension, "") : path;
      return withoutExtension.split("/").map(normalizeEncoding).join("/");
    },
  };
}
