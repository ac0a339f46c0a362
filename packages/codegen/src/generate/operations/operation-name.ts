import { stringIn } from "../document/json.js";
import type { ApiOperation } from "./api-operation.js";

const HTTP_METHOD = /^(get|post|put|patch|delete|head|options)$/i;
const VERSION = /^v\d+[a-z0-9]*$/i;
const PLACEHOLDER = /^\{(.+)\}$/;

/**
 * The name that the document suggests: its operationId in PascalCase. HubSpot puts the whole path into its ids
 * (`get-/crm/v3/objects/contacts_getPage`): there it is the path's words and what follows them (`CrmObjectsContactsGetPage`).
 * Undefined where there is no id, or none of its letters can stand in a name.
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
  // `.../batch/read` + `read`, `.../search` + `doSearch`: the action says it already.
  const last = words.at(-1);
  if (last !== undefined && action.toLowerCase().includes(last.toLowerCase())) words.pop();
  return toIdentifier(words.join("") + action);
}

/** A name made of method and path alone: `GetV1CustomersByCustomer`. */
export function derivedName(operation: Pick<ApiOperation, "method" | "path">): string {
  const words = operation.path.split("/").map((segment) => {
    const placeholder = PLACEHOLDER.exec(segment)?.[1];
    return placeholder === undefined ? toPascalCase(segment) : `By${toPascalCase(placeholder)}`;
  });
  return toPascalCase(operation.method) + words.join("");
}

/** `chat_postMessage` as `ChatPostMessage`. Empty where no ASCII letter or digit is left. */
export function toPascalCase(text: string): string {
  // Accents go, their letters stay: names are ASCII, so that every tool and keyboard can write them.
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
