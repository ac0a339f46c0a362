import { check as isIRegexp } from "iregexp-check";
import { FunctionExpressionType, type JSONPathEnvironment, type JSONPathNode } from "json-p3";
import { RE2JS } from "re2js";
import { checkSelections, LimitedEnvironment } from "./path-cost.js";

/** A pattern of `match()` or `search()` that is not used. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

/** Ours have less than 100 characters. The time of a match grows with the length of pattern and text. */
const maxPatternLength = 1_000;

const environment = new LimitedEnvironment();
environment.functionRegister.set("match", patternFunction("match"));
environment.functionRegister.set("search", patternFunction("search"));

/**
 * The nodes that a JSONPath (RFC 9535) selects. Patterns are matched by RE2, in a time that is linear in the length of the
 * text: backtracking could take years.
 * @throws JSONPathError for an invalid path, PatternError for a pattern that is not an I-Regexp (RFC 9485) or too large, and
 * PathCostError for a path such as `$..*..*` that would take minutes.
 */
export function selectNodes(path: string, document: Record<string, unknown>): readonly JSONPathNode[] {
  const query = environment.compile(path);
  checkSelections(query);
  environment.begin(document);
  return query.query(document as Parameters<JSONPathEnvironment["query"]>[1]).nodes;
}

function patternFunction(name: "match" | "search") {
  const compiled = new Map<string, RE2JS>();
  return {
    argTypes: [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType],
    returnType: FunctionExpressionType.LogicalType,
    call(text: unknown, pattern: unknown): boolean {
      if (typeof pattern !== "string" || typeof text !== "string") return false;
      const expression = compiled.get(pattern) ?? compile(pattern);
      // Each call of `selectNodes` has few patterns, unless they come from the document.
      if (compiled.size < 100) compiled.set(pattern, expression);
      return name === "match" ? expression.testExact(text) : expression.test(text);
    },
  };
}

function compile(pattern: string): RE2JS {
  const shown = pattern.length > 60 ? `${pattern.slice(0, 60)}...` : pattern;
  if (pattern.length > maxPatternLength)
    throw new PatternError(`"${shown}" has more than ${maxPatternLength} characters`);
  if (!isIRegexp(pattern)) throw new PatternError(`"${shown}" is not an I-Regexp (RFC 9485)`);
  try {
    return RE2JS.compile(mapDots(pattern));
  } catch (cause) {
    throw new PatternError(`"${shown}" cannot be used: ${cause instanceof Error ? cause.message : ""}`, { cause });
  }
}

/** A dot of I-Regexp matches neither `\n` nor `\r`: https://www.rfc-editor.org/rfc/rfc9485#section-5.3 */
function mapDots(pattern: string): string {
  return pattern.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\./gs, (part) => (part === "." ? "[^\\n\\r]" : part));
}
