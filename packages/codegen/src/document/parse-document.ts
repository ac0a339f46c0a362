import { CodegenError } from "../codegen-error.js";
import { parseJson } from "../text/parse-json.js";
import { parseYaml } from "../text/parse-yaml.js";
import { refuseUnlessOpenApi, textKind } from "./openapi-version.js";

/** Parses the text of an OpenAPI 3.0 or 3.1 document, JSON or YAML. Throws where it is anything else, and says what it is. */
export function parseDocument(text: string, origin: string): Record<string, unknown> {
  const kind = textKind(text);
  if (kind !== undefined) throw new CodegenError(`${origin} is ${kind.is}. ${kind.advice}`);
  const value = looksLikeJson(text, origin) ? parseJson(text, origin) : parseYaml(text, origin).value;
  return refuseUnlessOpenApi(value, origin);
}

/** YAML takes JSON too, but fifty times slower; a file named for YAML may start with a brace and go on as YAML. */
function looksLikeJson(text: string, origin: string): boolean {
  return /^\s*[[{]/.test(text) && !/\.ya?ml(?:\.gz)?$/i.test(origin);
}
