import { arrayIn, fieldOf } from "../generate/document/json.js";
import { followReference } from "../generate/document/reference.js";
import type { ApiParameter } from "../generate/operations/api-operation.js";
import type { Drafted, DraftInput } from "./draft.js";

const VERSION = /(^|-)(api-?)?(version|revision)$/i;

/**
 * The header with the version of the API: the field `headers` of a profile. Undefined unless most operations declare it, as
 * Intercom's and Klaviyo's do.
 */
export function readVersionHeader(input: DraftInput): Drafted<Readonly<Record<string, string>>> | undefined {
  const declared = input.operations.flatMap(({ parameters }) =>
    parameters.filter(({ place, name }) => place === "header" && VERSION.test(name)).slice(0, 1),
  );
  const [first] = declared;
  if (first === undefined || 2 * declared.length <= input.operations.length) return undefined;
  const name = first.name.toLowerCase();
  const own = declared.filter((parameter) => parameter.name.toLowerCase() === name);
  const value = own.map((parameter) => versionIn(input, parameter)).find((found) => found !== undefined);
  if (value !== undefined) return { value: { [name]: value }, todos: [] };
  if (!own.some(({ required }) => required)) return undefined;
  return {
    value: { [name]: String(fieldOf(input.document.json.info, "version") ?? "") },
    todos: [`operations require ${first.name}, and the document does not say which. Enter the version of the API.`],
  };
}

/** The version that a parameter names: its default, its only value, or its example. */
function versionIn({ document }: DraftInput, { json }: ApiParameter): string | undefined {
  const schema = followReference(document, fieldOf(json, "schema"));
  const values = arrayIn(schema, "enum");
  const [value] = [
    fieldOf(schema, "default"),
    fieldOf(schema, "const"),
    values.length === 1 ? values[0] : undefined,
    fieldOf(schema, "example"),
    fieldOf(json, "example"),
  ].filter((one) => one !== undefined);
  return /^[\w.:-]+$/.test(String(value ?? "")) ? String(value) : undefined;
}
