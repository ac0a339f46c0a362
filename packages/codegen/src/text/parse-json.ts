import { CodegenError } from "../codegen-error.js";
import { jsonErrorOffset } from "./json-error-offset.js";

/** Parses JSON; a syntax error names the file, the line and what stands there. */
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
