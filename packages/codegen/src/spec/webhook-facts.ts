import type { FieldReader } from "../text/field-reader.js";

/** Where a document describes the webhook events of its provider. */
export type WebhookFacts =
  /**
   * Each entry of `webhooks` (or `x-webhooks`) is an event. `action` is the field of its body whose value ends the
   * event name; `name` the field whose value is the event name, where the entry has another.
   */
  | { readonly kind: "entries"; readonly action?: string; readonly name?: string }
  /** The document has a list of event names, and one schema that all events are delivered in. */
  | {
      readonly kind: "names";
      /** A JSON pointer to the list. */
      readonly names: string;
      /** The name of the schema of a delivery. */
      readonly envelope: string;
      /** Where in a delivery the object of the event is. */
      readonly object: readonly string[];
      /** Schemas that are not named like the event, keyed by the event name without its last word. */
      readonly schemas: Readonly<Record<string, string>>;
    };

const knownFields = ["kind", "action", "name", "names", "envelope", "object", "schemas"] as const;

/** Reads the field `webhooks` of a spec.yaml. */
export function readWebhookFacts(reader: FieldReader, value: unknown): WebhookFacts | undefined {
  if (value === undefined) return undefined;
  const fields = reader.fields(value, ["webhooks"], { known: knownFields });
  const kindFormat = { pattern: /^(entries|names)$/, description: '"entries" or "names"' };
  if (reader.required(fields, "kind", kindFormat) === "entries") {
    const action = reader.text(fields, "action");
    const name = reader.text(fields, "name");
    return { kind: "entries", ...(action !== undefined && { action }), ...(name !== undefined && { name }) };
  }
  const anyField = { known: [], accepts: () => true };
  const schemas = reader.fields(fields.values.schemas ?? {}, ["webhooks", "schemas"], anyField);
  return {
    kind: "names",
    names: reader.required(fields, "names", { pattern: /^#?\//, description: "a JSON pointer" }) ?? "",
    envelope: reader.required(fields, "envelope") ?? "",
    object: reader.list(fields, "object").map(String),
    schemas: Object.fromEntries(Object.keys(schemas.values).map((key) => [key, reader.text(schemas, key) ?? ""])),
  };
}
