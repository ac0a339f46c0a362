import { CodegenError } from "../errors/codegen-error.js";
import { jsonErrorOffset } from "./json-error-offset.js";

/**
 * Parses JSON; `name` is the name of the file in messages.
 * @throws CodegenError with the line and column of a syntax error, and the character there.
 */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const offset = jsonErrorOffset(text);
    const before = text.slice(0, offset);
    const line = before.split("\n").length;
    const column = offset - before.lastIndexOf("\n");
    const found = offset >= text.length ? "the text ends too early" : `unexpected ${JSON.stringify(text[offset])}`;
    throw new CodegenError(`${name}:${line}:${column} is not valid JSON: ${found}.`, [], { cause });
  }
}
