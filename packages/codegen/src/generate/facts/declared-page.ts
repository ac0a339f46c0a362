import { CodegenError } from "../../errors/codegen-error.js";
import { fieldOf, isJsonObject } from "../document/json.js";
import { type ApiOperation, operationKey } from "../operations/api-operation.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { type JsonPath, readPath } from "../profile/list-style.js";

/** What `x-connectry-page` says about an operation. */
export interface DeclaredPage {
  /** Index into the profile's `pagination`. */
  readonly style: number | undefined;
  readonly items: JsonPath | undefined;
}

/**
 * Reads `x-connectry-page` of an operation: false for an operation that is not a list, undefined where it does not have the word.
 * @throws CodegenError if it is neither false nor an object with `style` or `items`, or names a style that does not exist.
 */
export function readDeclaredPage(operation: ApiOperation, profile: GeneratorProfile): DeclaredPage | false | undefined {
  const declared = fieldOf(operation.json, "x-connectry-page");
  if (declared === undefined || declared === false) return declared;
  const fail = (field: string, wanted: string, value: unknown): never => {
    throw new CodegenError(
      `${operationKey(operation)}: x-connectry-page${field} must be ${wanted}, got ${JSON.stringify(value)}.`,
    );
  };
  const [style, items] = [fieldOf(declared, "style"), fieldOf(declared, "items")];
  const unknown = isJsonObject(declared)
    ? Object.keys(declared).find((name) => !/^(style|items)$/.test(name))
    : undefined;
  if (!isJsonObject(declared) || unknown !== undefined || (style === undefined && items === undefined))
    fail("", 'false, or an object with `style`, `items` or both, such as { style: 1, items: ["data"] }', declared);
  const last = profile.pagination.length - 1;
  if (last < 0) fail("", "false, because the profile has no `pagination`", declared);
  const isStyle = typeof style === "number" && Number.isInteger(style) && style >= 0 && style <= last;
  if (style !== undefined && !isStyle)
    fail(".style", `an index into the profile's \`pagination\`, from 0 to ${last}`, style);
  const path = items === undefined ? undefined : (readPath(items) ?? fail(".items", 'a path, such as ["data"]', items));
  return { style: isStyle ? style : undefined, items: path };
}
