import { nearestPath } from "./nearest.js";
import type { DocumentOperation } from "./operation.js";
import { pickTwin, type SentParts, wirePath } from "./twins.js";

/** Which operation a request is for, or why none. */
export type Route =
  | {
      readonly kind: "operation";
      readonly operation: DocumentOperation;
      readonly params: Readonly<Record<string, string>>;
      /** The path as sent, without the base path of a server. */
      readonly path: string;
    }
  | { readonly kind: "other-method"; readonly path: string; readonly allowed: readonly string[] }
  | { readonly kind: "unknown"; readonly nearest: string | undefined };

interface Template {
  readonly path: string;
  /** By method; several where the document tells them apart by more than method and path. */
  readonly operations: Map<string, DocumentOperation[]>;
  readonly basePaths: Set<string>;
  /** Read when a request first comes near: most templates of a large document are never compiled. */
  readonly multiSegment: () => readonly string[];
  pattern: RegExp | undefined;
}

const placeholder = /\{([^{}]+)\}/g;

/** `/a/{b}` before `/{a}/b`, and any literal before a placeholder. */
function rank(segments: readonly string[]): string {
  return segments.map((segment) => (segment.includes("{") ? (/^\{[^{}]+\}$/.test(segment) ? "2" : "1") : "0")).join("");
}

/** Longer paths first: a parameter that holds slashes would take their last segments for its own. */
function byPrecedence(one: Template, other: Template): number {
  const [mine, yours] = [one.path.split("/"), other.path.split("/")];
  return yours.length - mine.length || rank(mine).localeCompare(rank(yours));
}

function compile(template: Template): RegExp {
  const literals = template.path.split(placeholder);
  const multiSegment = template.multiSegment();
  // `split` with a group alternates: literal, name, literal, name, ...
  const source = literals.map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return multiSegment.includes(part) ? "(.+?)" : "([^/]+?)";
  });
  return new RegExp(`^${source.join("")}$`);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The text before the first placeholder decides cheaply for nearly all templates. */
function startsRight(template: Template, path: string): boolean {
  const brace = template.path.indexOf("{");
  return brace === -1 ? path === template.path : path.startsWith(template.path.slice(0, brace));
}

function match(template: Template, path: string): Record<string, string> | undefined {
  if (!startsRight(template, path)) return undefined;
  template.pattern ??= compile(template);
  const values = template.pattern.exec(path)?.slice(1);
  if (values === undefined) return undefined;
  const names = [...template.path.matchAll(placeholder)].map((found) => found[1] ?? "");
  const params: Record<string, string> = Object.create(null);
  for (const [index, name] of names.entries()) {
    const value = decode(values[index] ?? "");
    // A dot segment never belongs to a parameter: a client that sends one lets its paths climb.
    if (value === undefined || value.split("/").some((part) => part === "." || part === "..")) return undefined;
    params[name] = value;
  }
  return params;
}

/** Finds the operation of a request by its method and raw path. `multiSegment` names path parameters that hold slashes. */
export function createRouter(
  operations: readonly DocumentOperation[],
  extraBasePaths: readonly string[],
  multiSegment: (operation: DocumentOperation) => readonly string[],
): (method: string, path: string, sent?: SentParts) => Route {
  const byPath = new Map<string, Template>();
  for (const operation of operations) {
    const wire = wirePath(operation.path);
    let template = byPath.get(wire);
    if (template === undefined) {
      template = {
        path: wire,
        operations: new Map(),
        basePaths: new Set(),
        multiSegment: () => multiSegment(operation),
        pattern: undefined,
      };
      byPath.set(wire, template);
    }
    const twins = template.operations.get(operation.method) ?? [];
    if (twins.some(({ id }) => id === operation.id)) throw new Error(`${operation.id} is in two of the documents.`);
    template.operations.set(operation.method, [...twins, operation]);
    for (const base of [...operation.basePaths, ...extraBasePaths]) if (base !== "") template.basePaths.add(base);
  }
  const templates = [...byPath.values()].sort(byPrecedence);
  return (method, path, sent) => {
    const allowed: string[] = [];
    let found: string | undefined;
    for (const template of templates) {
      // A client that is pointed here may send the path with its server's base path, or without it.
      const inner = [...template.basePaths]
        .filter((base) => path.startsWith(`${base}/`))
        .map((base) => path.slice(base.length));
      for (const candidate of [path, ...inner]) {
        const params = match(template, candidate);
        if (params === undefined) continue;
        const operation = pickTwin(template.operations.get(method) ?? [], sent);
        if (operation !== undefined) return { kind: "operation", operation, params, path: candidate };
        found ??= template.path;
        allowed.push(...template.operations.keys());
        break;
      }
    }
    if (found !== undefined) return { kind: "other-method", path: found, allowed: [...new Set(allowed)] };
    return {
      kind: "unknown",
      nearest: nearestPath(path, [...byPath.keys()]),
    };
  };
}
