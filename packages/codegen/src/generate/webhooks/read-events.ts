import type { LoadedDocument } from "../../document/loaded-document.js";
import { CodegenError } from "../../errors/codegen-error.js";
import type { WebhookFacts } from "../../spec/webhook-facts.js";
import { arrayIn, fieldOf, isJsonObject, objectIn, stringIn } from "../document/json.js";
import { findReference, followReference, referenceOf } from "../document/reference.js";

/** An event that a document describes. */
export interface ApiEvent {
  /** `payment_intent.succeeded` */
  readonly name: string;
  /** The name of all events of one kind: `pull_request` for `pull_request.opened`. */
  readonly group?: string;
  /** The name of the schema of the delivery, or of the object in it; undefined if the document has none. */
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

/** A field of the schemas of a document. */
interface Field {
  readonly document: LoadedDocument;
  readonly name: string;
}

/** The only value that a field of a schema can have; undefined if it can have several. */
function onlyValue(field: Field, schema: unknown, depth = 0): string | undefined {
  const { document, name } = field;
  const found = followReference(document, schema);
  const property = followReference(document, fieldOf(fieldOf(found, "properties"), name));
  const values = [fieldOf(property, "const"), ...arrayIn(property, "enum")].filter((one) => typeof one === "string");
  if (values.length === 1) return values[0] as string;
  if (depth > 3) return undefined;
  const parts = ["allOf", "oneOf", "anyOf"].flatMap((key) => arrayIn(found, key));
  const among = new Set(parts.map((part) => onlyValue(field, part, depth + 1)));
  among.delete(undefined);
  return among.size === 1 ? [...among][0] : undefined;
}

function readEntries(document: LoadedDocument, facts: Extract<WebhookFacts, { kind: "entries" }>): ApiEvent[] {
  const { action } = facts;
  const entries = { ...objectIn(document.json, "x-webhooks"), ...objectIn(document.json, "webhooks") };
  return Object.entries(entries).map(([entry, item]) => {
    const operation = followReference(document, fieldOf(followReference(document, item), "post"));
    const body = followReference(document, fieldOf(operation, "requestBody"));
    const schema = fieldOf(fieldOf(objectIn(body, "content"), "application/json"), "schema");
    const [, name] = componentPointer.exec(referenceOf(schema) ?? "") ?? [];
    const text = stringIn(operation, "description") ?? stringIn(operation, "summary") ?? "";
    const own = facts.name === undefined ? undefined : onlyValue({ document, name: facts.name }, schema);
    if (own !== undefined) return { name: own, schema: name, text };
    const value = action === undefined ? undefined : onlyValue({ document, name: action }, schema);
    // `pull-request-opened` with the action `opened` is the event `pull_request.opened`.
    const suffix = `-${value?.replaceAll("_", "-")}`;
    if (value === undefined || !entry.endsWith(suffix)) {
      return { name: action === undefined ? entry : entry.replaceAll("-", "_"), schema: name, text };
    }
    const group = entry.slice(0, -suffix.length).replaceAll("-", "_");
    return { name: `${group}.${value}`, group, schema: name, text };
  });
}

/**
 * The schema of an event's object: the longest suffix of the event's name, without its last word, that names a schema.
 */
function schemaOfName(document: LoadedDocument, name: string, schemas: Readonly<Record<string, string>>) {
  const words = name.split(".").slice(0, -1);
  const configured = Object.hasOwn(schemas, words.join(".")) ? schemas[words.join(".")] : undefined;
  if (configured !== undefined) {
    if (namedSchema(document, configured) === undefined) {
      throw new CodegenError(`spec.yaml, webhooks.schemas: document "${document.name}" has no schema "${configured}".`);
    }
    return configured;
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
    throw new CodegenError(`spec.yaml, webhooks.names: ${facts.names} of document "${document.name}" is not a list.`);
  }
  if (namedSchema(document, facts.envelope) === undefined) {
    throw new CodegenError(
      `spec.yaml, webhooks.envelope: document "${document.name}" has no schema "${facts.envelope}".`,
    );
  }
  // Names such as `*` are not events.
  return list
    .filter((name): name is string => typeof name === "string" && /\w/.test(name))
    .map((name) => ({ name, schema: schemaOfName(document, name, facts.schemas), text: "" }));
}

/**
 * The events of a document, in document order.
 * @throws CodegenError if it has no events, or not the list or schemas that the facts name.
 */
export function readEvents(document: LoadedDocument, facts: WebhookFacts): readonly ApiEvent[] {
  const events = facts.kind === "entries" ? readEntries(document, facts) : readNames(document, facts);
  if (events.length === 0) throw new CodegenError(`spec.yaml, webhooks: document "${document.name}" has no events.`);
  return events;
}
