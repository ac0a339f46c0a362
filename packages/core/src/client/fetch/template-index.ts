/** Where a part of a template leads. Literal parts take precedence over patterns, and these over parameters. */
interface Branch {
  template?: string;
  readonly literals: Map<string, Branch>;
  /** Segments with a parameter and more, such as `{Sid}.json`. */
  readonly patterns: Map<string, { readonly pattern: RegExp; readonly next: Branch }>;
  parameter?: Branch;
  /** A parameter whose value may contain slashes. */
  multiSegment?: Branch;
}

/** Path templates, found by a path whose parameters are filled in. */
export interface TemplateIndex {
  add(template: string, multiSegment: readonly string[]): void;
  /** The template of a path; undefined where none matches. */
  find(path: string): string | undefined;
}

// No operation has so many segments; a longer path has no template, so that no path takes long to look up.
const maxSegments = 64;

const createBranch = (): Branch => ({ literals: new Map(), patterns: new Map() });

/** The value of a key, created where there is none. */
function getOrCreate<T>(map: Map<string, T>, key: string, create: () => T): T {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}

function toPattern(segment: string): RegExp {
  const literals = segment.split(/\{[^}]*\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literals.join(".+?")}$`);
}

/** The branch below `branch` that a segment of a template leads to. */
function branchFor(branch: Branch, segment: string, multiSegment: readonly string[]): Branch {
  const name = /^\{([^}]*)\}$/.exec(segment)?.[1];
  if (name !== undefined) {
    const kind = multiSegment.includes(name) ? "multiSegment" : "parameter";
    branch[kind] ??= createBranch();
    return branch[kind];
  }
  if (!segment.includes("{")) return getOrCreate(branch.literals, segment, createBranch);
  return getOrCreate(branch.patterns, segment, () => ({ pattern: toPattern(segment), next: createBranch() })).next;
}

function findBelow(branch: Branch | undefined, segments: readonly string[]): string | undefined {
  if (!branch) return undefined;
  const [segment, ...rest] = segments;
  if (segment === undefined) return branch.template;
  const literal = findBelow(branch.literals.get(segment), rest);
  if (literal !== undefined) return literal;
  for (const { pattern, next } of branch.patterns.values()) {
    const found = pattern.test(segment) ? findBelow(next, rest) : undefined;
    if (found !== undefined) return found;
  }
  if (segment === "") return undefined;
  const found = findBelow(branch.parameter, rest);
  if (found !== undefined || !branch.multiSegment) return found;
  for (let count = rest.length; count >= 0; count -= 1) {
    const below = findBelow(branch.multiSegment, rest.slice(rest.length - count));
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Creates an index without templates. */
export function createTemplateIndex(): TemplateIndex {
  const root = createBranch();
  return {
    add(template, multiSegment) {
      const path = template.split("?", 1)[0] as string;
      let branch = root;
      for (const segment of path.split("/")) branch = branchFor(branch, segment, multiSegment);
      branch.template ??= template;
    },
    find(path) {
      const segments = path.split("/");
      return segments.length > maxSegments ? undefined : findBelow(root, segments);
    },
  };
}
