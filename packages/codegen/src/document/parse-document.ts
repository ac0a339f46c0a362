import { CodegenError } from "../errors/codegen-error.js";
import { parseJson } from "../text/parse-json.js";
import { parseYaml } from "../text/parse-yaml.js";
import { detectOtherFormat, verifyOpenApi } from "./openapi-version.js";

/**
 * Parses the text of an OpenAPI 3.0 or 3.1 document, JSON or YAML.
 * @throws CodegenError that names the format of any other text.
 */
export function parseDocument(text: string, origin: string): Record<string, unknown> {
  const other = detectOtherFormat(text);
  if (other !== undefined) throw new CodegenError(`${origin} is ${other.is}. ${other.advice}`);
  const value = looksLikeJson(text, origin) ? parseJson(text, origin) : parseYaml(text, origin).value;
  return verifyOpenApi(value, origin);
}

/**
 * A YAML parser also takes JSON, but is fifty times slower. A file named `.yaml` may start with a brace and not be
 * JSON.
 */
function looksLikeJson(text: string, origin: string): boolean {
  return /^\s*[[{]/.test(text) && !/\.ya?ml(?:\.gz)?$/i.test(origin);
}
