import { RE2JS } from "re2js";
import { nearestPath } from "./nearest.js";
import type { DocumentOperation } from "./operation.js";
import { pickOverload, type RequestParts, wirePath } from "./overloads.js";

/** The operation of a request, or why there is none. */
export type Route =
  | {
      readonly kind: "operation";
      readonly operation: DocumentOperation;
      readonly params: Readonly<Record<string, string>>;
      /** The path parameters as sent, still encoded. */
      readonly sent: Readonly<Record<string, string>>;
      /** The path as sent, without the base path of a server. */
      readonly path: string;
    }
  | { readonly kind: "other-method"; readonly path: string; readonly allowed: readonly string[] }
  | { readonly kind: "unknown"; readonly nearest: string | undefined };

/** Finds the operation of a request by its method, its path as sent, and where several share these, by its other parts. */
export type Router = (method: string, path: string, parts?: RequestParts) => Route;

/** What a router needs beside the operations. */
export interface RouterOptions {
  /** Base paths that all operations have in addition to those of their servers. */
  readonly basePaths: readonly string[];
  /** The path parameters of an operation that may contain slashes. */
  readonly multiSegment: (operation: DocumentOperation) => readonly string[];
}

interface Template {
  readonly path: string;
  /** By method; several where operations differ in more than method and path. */
  readonly operations: Map<string, DocumentOperation[]>;
  readonly basePaths: Set<string>;
  /** Computed for the first request that may match: most templates of a large document are never compiled. */
  readonly multiSegment: () => readonly string[];
  match: MatchPath | undefined;
}

const placeholder = /\{([^{}]+)\}/g;

/** Sorts `/a/{b}` before `/{a}/b`, and a literal segment before a placeholder. */
function rank(segments: readonly string[]): string {
  return segments.map((segment) => (segment.includes("{") ? (/^\{[^{}]+\}$/.test(segment) ? "2" : "1") : "0")).join("");
}

/** Longer templates come first, since a parameter that contains slashes would also match their last segments. */
function byPrecedence(one: Template, other: Template): number {
  const [segments, otherSegments] = [one.path.split("/"), other.path.split("/")];
  return otherSegments.length - segments.length || rank(segments).localeCompare(rank(otherSegments));
}

/** The texts of the placeholders in a path, in their order; undefined for another path. */
type MatchPath = (path: string) => readonly string[] | undefined;

function compile(template: Template): MatchPath {
  const parts = template.path.split(placeholder);
  const multiSegment = template.multiSegment();
  const isSlow = multiSegment.length > 0 || /\{[^/}]*\}[^/{]*\{/.test(template.path);
  // `split` with a group alternates: literal, name, literal, name, ...
  const source = parts.map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    if (!multiSegment.includes(part)) return "([^/]+?)";
    // At the end it may be empty, for the root of a tree.
    return parts.slice(index + 1).join("") === "" ? "(.*?)" : "(.+?)";
  });
  if (!isSlow) {
    const pattern = new RegExp(`^${source.join("")}$`);
    return (path) => pattern.exec(path)?.slice(1);
  }
  // Several placeholders of one segment could share its text in a number of ways that has no end: RE2 needs linear time.
  const pattern = RE2JS.compile(source.join(""));
  return (path) => {
    const matcher = pattern.matcher(path);
    if (!matcher.matches()) return undefined;
    return Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1) ?? "");
  };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** A cheap check of the text before the first placeholder, which excludes nearly all templates. */
function hasPrefix(template: Template, path: string): boolean {
  const brace = template.path.indexOf("{");
  return brace === -1 ? path === template.path : path.startsWith(template.path.slice(0, brace));
}

interface Matched {
  readonly params: Readonly<Record<string, string>>;
  readonly sent: Readonly<Record<string, string>>;
}

function match(template: Template, path: string): Matched | undefined {
  if (!hasPrefix(template, path)) return undefined;
  template.match ??= compile(template);
  const values = template.match(path);
  if (values === undefined) return undefined;
  const names = [...template.path.matchAll(placeholder)].map((found) => found[1] ?? "");
  const params: Record<string, string> = Object.create(null);
  const sent: Record<string, string> = Object.create(null);
  for (const [index, name] of names.entries()) {
    const value = decode(values[index] ?? "");
    // A dot segment never matches a parameter: a client that sends one is open to path traversal.
    if (value === undefined || value.split("/").some((part) => part === "." || part === "..")) return undefined;
    params[name] = value;
    sent[name] = values[index] ?? "";
  }
  return { params, sent };
}

/** Creates a router for operations. Throws an Error where two documents have the same operation. */
export function createRouter(operations: readonly DocumentOperation[], options: RouterOptions): Router {
  const byPath = new Map<string, Template>();
  for (const operation of operations) {
    const path = wirePath(operation.path);
    let template = byPath.get(path);
    if (template === undefined) {
      template = {
        path,
        operations: new Map(),
        basePaths: new Set(),
        multiSegment: () => options.multiSegment(operation),
        match: undefined,
      };
      byPath.set(path, template);
    }
    const overloads = template.operations.get(operation.method) ?? [];
    if (overloads.some(({ id }) => id === operation.id)) throw new Error(`two documents have ${operation.id}`);
    template.operations.set(operation.method, [...overloads, operation]);
    for (const base of [...operation.basePaths, ...options.basePaths]) if (base !== "") template.basePaths.add(base);
  }
  const templates = [...byPath.values()].sort(byPrecedence);
  return (method, path, parts) => {
    const allowed: string[] = [];
    let found: string | undefined;
    for (const template of templates) {
      // A client may send the path with the base path of its server, or without it.
      const withoutBase = [...template.basePaths]
        .filter((base) => path.startsWith(`${base}/`))
        .map((base) => path.slice(base.length));
      for (const candidate of [path, ...withoutBase]) {
        const matched = match(template, candidate);
        if (matched === undefined) continue;
        // The root of a tree can be read, not written.
        if (!/^(GET|HEAD)$/.test(method) && Object.values(matched.params).includes("")) continue;
        const operation = pickOverload(template.operations.get(method) ?? [], parts);
        if (operation !== undefined) return { kind: "operation", operation, ...matched, path: candidate };
        found ??= template.path;
        allowed.push(...template.operations.keys());
        break;
      }
    }
    if (found !== undefined) return { kind: "other-method", path: found, allowed: [...new Set(allowed)] };
    return { kind: "unknown", nearest: nearestPath(path, [...byPath.keys()]) };
  };
}
