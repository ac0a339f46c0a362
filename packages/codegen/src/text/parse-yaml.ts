import { isNode, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import { CodegenError } from "../errors/codegen-error.js";

/** A parsed YAML text, and the lines of its values. */
export interface YamlText {
  /** Plain JSON data: no anchors, no shared objects. */
  readonly value: unknown;
  /** The line of the value at a path; if it is missing, that of its nearest existing ancestor. */
  lineOf(path: readonly (string | number)[]): number;
}

/**
 * Parses YAML 1.2, which includes JSON; `name` is the name of the file in messages.
 * @throws CodegenError with the line and column of a syntax error.
 */
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

/** The offset of the key of a mapping entry. A multi-line value starts a line later. */
function keyStart(document: ReturnType<typeof parseDocument>, path: readonly (string | number)[]): number | undefined {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (parent === null || typeof parent !== "object" || !("items" in parent) || !Array.isArray(parent.items))
    return undefined;
  const pair: unknown = parent.items.find(
    (item: unknown) => isPair(item) && isScalar(item.key) && item.key.value === path.at(-1),
  );
  return isPair(pair) && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
}

/** Copies the value, because an alias that is used twice is one object: changing one use would change the other. */
function toPlainJson(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 1_000 });
    return value === undefined ? null : JSON.parse(JSON.stringify(value));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new CodegenError(`${name} cannot be read as plain data: ${reason}.`, [], { cause });
  }
}
