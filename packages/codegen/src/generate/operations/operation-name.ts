import { stringIn } from "../document/json.js";
import type { ApiOperation } from "./api-operation.js";

const HTTP_METHOD = /^(get|post|put|patch|delete|head|options)$/i;
const VERSION = /^v\d+[a-z0-9]*$/i;
const PLACEHOLDER = /^\{(.+)\}$/;

/**
 * The name that the document suggests: the operationId in PascalCase. HubSpot's ids contain the whole path
 * (`get-/crm/v3/objects/contacts_getPage`): their names consist of the path's words and the text after the path
 * (`CrmObjectsContactsGetPage`). Undefined if there is no id, or it has no ASCII letter or digit.
 */
export function suggestedName(operation: ApiOperation): string | undefined {
  const id = stringIn(operation.json, "operationId");
  if (id === undefined) return undefined;
  if (!id.includes("/") || !holdsPath(id, operation)) return toIdentifier(toPascalCase(id));
  const action = toPascalCase(id.slice(id.lastIndexOf(operation.path) + operation.path.length));
  const words = operation.path
    .split("/")
    .filter((segment) => !PLACEHOLDER.test(segment) && !VERSION.test(segment))
    .map(toPascalCase)
    .filter((word) => word !== "");
  if (action === "") return toIdentifier(toPascalCase(operation.method) + words.join(""));
  // `.../batch/read` + `read`, `.../search` + `doSearch`: the action already contains the last word.
  const last = words.at(-1);
  if (last !== undefined && action.toLowerCase().includes(last.toLowerCase())) words.pop();
  return toIdentifier(words.join("") + action);
}

/** A name that is derived from method and path: `GetV1CustomersByCustomer`. */
export function derivedName(operation: Pick<ApiOperation, "method" | "path">): string {
  const words = operation.path.split("/").map((segment) => {
    const placeholder = PLACEHOLDER.exec(segment)?.[1];
    return placeholder === undefined ? toPascalCase(segment) : `By${toPascalCase(placeholder)}`;
  });
  return toPascalCase(operation.method) + words.join("");
}

/** `chat_postMessage` as `ChatPostMessage`. Empty if there is no ASCII letter or digit. */
export function toPascalCase(text: string): string {
  // Accents are removed from their letters: names are ASCII, so that every tool and keyboard can type them.
  const parts =
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .match(/[A-Za-z0-9]+/g) ?? [];
  return parts
    .map((part) => (HTTP_METHOD.test(part) ? part.toLowerCase() : part))
    .map((part) => (part[0] ?? "").toUpperCase() + part.slice(1))
    .join("");
}

function holdsPath(id: string, operation: ApiOperation): boolean {
  return operation.path.length > 1 && id.includes(operation.path);
}

function toIdentifier(name: string): string | undefined {
  if (name === "") return undefined;
  return /^[0-9]/.test(name) ? `Operation${name}` : name;
}
