import { CodegenError } from "../../codegen-error.js";
import type { LoadedDocument } from "../../document/loaded-document.js";
import type { WebhookFacts } from "../../spec/webhook-facts.js";
import { arrayIn, fieldOf, isJsonObject, objectIn, stringIn } from "../document/json.js";
import { findReference, followReference, referenceOf } from "../document/reference.js";

/** An event as a document describes it. */
export interface ApiEvent {
  /** `payment_intent.succeeded` */
  readonly name: string;
  /** A wider name that it has, too: `pull_request` of `pull_request.opened`. */
  readonly group?: string;
  /** The schema of what is delivered, or of the object that it is about; undefined where the document has none. */
  readonly schema: string | undefined;
  readonly text: string;
}

const componentPointer = /^#\/components\/schemas\/([\w.-]+)$/;

function namedSchema(document: LoadedDocument, name: string): string | undefined {
  return /^[\w.-]+$/.test(name) && isJsonObject(fieldOf(schemasOf(document), name)) ? name : undefined;
}

function schemasOf(document: LoadedDocument): unknown {
  return objectIn(fieldOf(document.json, "components"), "schemas");
}

/** The only value that a field of a schema can have. */
function onlyValue(document: LoadedDocument, schema: unknown, field: string, depth = 0): string | undefined {
  const found = followReference(document, schema);
  const property = followReference(document, fieldOf(fieldOf(found, "properties"), field));
  const values = [fieldOf(property, "const"), ...arrayIn(property, "enum")].filter((one) => typeof one === "string");
  if (values.length === 1) return values[0] as string;
  if (depth > 3) return undefined;
  const parts = ["allOf", "oneOf", "anyOf"].flatMap((key) => arrayIn(found, key));
  const among = new Set(parts.map((part) => onlyValue(document, part, field, depth + 1)));
  among.delete(undefined);
  return among.size === 1 ? [...among][0] : undefined;
}

function readEntries(document: LoadedDocument, action: string | undefined): ApiEvent[] {
  const entries = { ...objectIn(document.json, "x-webhooks"), ...objectIn(document.json, "webhooks") };
  return Object.entries(entries).map(([entry, item]) => {
    const operation = followReference(document, fieldOf(followReference(document, item), "post"));
    const body = followReference(document, fieldOf(operation, "requestBody"));
    const schema = fieldOf(fieldOf(objectIn(body, "content"), "application/json"), "schema");
    const [, name] = componentPointer.exec(referenceOf(schema) ?? "") ?? [];
    const value = action === undefined ? undefined : onlyValue(document, schema, action);
    const text = stringIn(operation, "description") ?? stringIn(operation, "summary") ?? "";
    // `pull-request-opened`, whose action is `opened`, is the event `pull_request` and its action.
    const suffix = `-${value?.replaceAll("_", "-")}`;
    if (value === undefined || !entry.endsWith(suffix)) {
      return { name: action === undefined ? entry : entry.replaceAll("-", "_"), schema: name, text };
    }
    const group = entry.slice(0, -suffix.length).replaceAll("-", "_");
    return { name: `${group}.${value}`, group, schema: name, text };
  });
}

/** The schema that a name speaks of: the longest part of it, without its last word, that is the name of one. */
function schemaOfName(document: LoadedDocument, name: string, schemas: Readonly<Record<string, string>>) {
  const words = name.split(".").slice(0, -1);
  const given = Object.hasOwn(schemas, words.join(".")) ? schemas[words.join(".")] : undefined;
  if (given !== undefined) {
    if (namedSchema(document, given) === undefined) {
      throw new CodegenError(`spec.yaml, webhooks.schemas: document "${document.name}" has no schema "${given}".`);
    }
    return given;
  }
  for (let from = 0; from < words.length; from += 1) {
    const found = namedSchema(document, words.slice(from).join("."));
    if (found !== undefined) return found;
  }
  return undefined;
}

function readNames(document: LoadedDocument, facts: Extract<WebhookFacts, { kind: "names" }>): ApiEvent[] {
  const list = findReference(document, facts.names.startsWith("#") ? facts.names : `#${facts.names}`);
  if (!Array.isArray(list)) {
    throw new CodegenError(`spec.yaml, webhooks.names: ${facts.names} of document "${document.name}" is no list.`);
  }
  if (namedSchema(document, facts.envelope) === undefined) {
    throw new CodegenError(
      `spec.yaml, webhooks.envelope: document "${document.name}" has no schema "${facts.envelope}".`,
    );
  }
  // `*` and the like are no events.
  return list
    .filter((name): name is string => typeof name === "string" && /\w/.test(name))
    .map((name) => ({ name, schema: schemaOfName(document, name, facts.schemas), text: "" }));
}

/**
 * The events of a document, in its order.
 * @throws CodegenError where it does not have what the facts say.
 */
export function readEvents(document: LoadedDocument, facts: WebhookFacts): readonly ApiEvent[] {
  const events = facts.kind === "entries" ? readEntries(document, facts.action) : readNames(document, facts);
  if (events.length === 0) throw new CodegenError(`spec.yaml, webhooks: document "${document.name}" has no events.`);
  return events;
}
