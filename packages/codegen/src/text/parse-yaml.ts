import { isNode, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import { CodegenError } from "../codegen-error.js";

/** A parsed YAML text that still knows where its values stand. */
export interface YamlText {
  /** Plain JSON data: no anchors, no shared objects. */
  readonly value: unknown;
  /** The line of the value at a path, or of the nearest thing above it that is there. */
  lineOf(path: readonly (string | number)[]): number;
}

/** Parses YAML 1.2 (and with it JSON); a syntax error names the file and the line. */
export function parseYaml(text: string, name: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const [first] = document.errors;
  if (first !== undefined) {
    const { line, col } = lines.linePos(first.pos[0]);
    throw new CodegenError(`${name}:${line}:${col} is not valid YAML: ${first.message}.`, [], { cause: first });
  }
  return {
    value: toPlainJson(document, name),
    lineOf(path) {
      for (let depth = path.length; depth >= 0; depth -= 1) {
        const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
        const at = isNode(node) ? (keyStart(document, path.slice(0, depth)) ?? node.range?.[0]) : undefined;
        if (at !== undefined) return lines.linePos(at).line;
      }
      return 1;
    },
  };
}

/** Where the key of a mapping entry starts: a multi-line value begins a line too late. */
function keyStart(document: ReturnType<typeof parseDocument>, path: readonly (string | number)[]): number | undefined {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (parent === null || typeof parent !== "object" || !("items" in parent) || !Array.isArray(parent.items))
    return undefined;
  const pair: unknown = parent.items.find(
    (item: unknown) => isPair(item) && isScalar(item.key) && item.key.value === path.at(-1),
  );
  return isPair(pair) && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
}

/** A repeated alias is one object in two places: a change to one would reach the other, so each gets its own. */
function toPlainJson(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 1_000 });
    return value === undefined ? null : JSON.parse(JSON.stringify(value));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new CodegenError(`${name} cannot be read as plain data: ${reason}.`, [], { cause });
  }
}
