import type { FieldReader } from "../text/field-reader.js";

/** Where a document holds the events that its provider delivers. */
export type WebhookFacts =
  /** Each entry of `webhooks` (or `x-webhooks`) is an event; its name ends with the value of a field of its body. */
  | { readonly kind: "entries"; readonly action?: string }
  /** A list of names stands somewhere, and a schema is what all of them are delivered in. */
  | {
      readonly kind: "names";
      /** A JSON pointer to the list. */
      readonly names: string;
      /** The name of the schema of a delivery. */
      readonly envelope: string;
      /** Where a delivery holds the object that its name speaks of. */
      readonly object: readonly string[];
      /** Schemas whose name is not in the event's: by the event's name without its last word. */
      readonly schemas: Readonly<Record<string, string>>;
    };

const fields = ["kind", "action", "names", "envelope", "object", "schemas"] as const;

/** Reads the field `webhooks` of a spec.yaml; undefined where there is none. */
export function readWebhookFacts(reader: FieldReader, value: unknown): WebhookFacts | undefined {
  if (value === undefined) return undefined;
  const given = reader.fields(value, ["webhooks"], fields);
  if (reader.required(given, "kind", /^(entries|names)$/, '"entries" or "names"') === "entries") {
    const action = reader.text(given, "action");
    return { kind: "entries", ...(action === undefined ? {} : { action }) };
  }
  const schemas = reader.fields(given.values.schemas ?? {}, ["webhooks", "schemas"], [], () => true);
  return {
    kind: "names",
    names: reader.required(given, "names", /^#?\//, "a JSON pointer") ?? "",
    envelope: reader.required(given, "envelope") ?? "",
    object: reader.list(given, "object").map(String),
    schemas: Object.fromEntries(Object.keys(schemas.values).map((key) => [key, reader.text(schemas, key) ?? ""])),
  };
}
