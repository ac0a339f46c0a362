import type { LoadedDocument } from "../../document/loaded-document.js";
import { fieldOf, isJsonObject, type JsonObject, objectIn } from "../document/json.js";
import { findReference, followReference, referenceOf } from "../document/reference.js";
import type { ApiParameter, NamedOperation } from "../operations/api-operation.js";
import { cleanAnnotations, cleanSchema } from "./clean-schema.js";
import { cleanUpload, isMultipart } from "./clean-upload.js";
import { type Component, ComponentTable, type Section } from "./component-table.js";
import { toPrintableKey } from "./printable-key.js";

/**
 * A copy of a document with only the parts that types are generated from: its operations under their names, without the
 * parameters that callers do not pass, and its components. Every reference points to a component, and every key and
 * text is printable.
 */
export function cleanDocument(document: LoadedDocument, operations: readonly NamedOperation[]): JsonObject {
  const cleaner = new Cleaner(document);
  const paths = new Map<string, Record<string, unknown>>();
  for (const operation of operations) {
    const key = toPrintableKey(operation.path);
    paths.set(key, { ...paths.get(key), [operation.method.toLowerCase()]: cleaner.operation(operation) });
  }
  const webhooks = cleaner.webhooks();
  return {
    openapi: "3.1.0",
    paths: Object.fromEntries(paths),
    ...(Object.keys(webhooks).length > 0 && { webhooks }),
    components: cleaner.components(),
  };
}

class Cleaner {
  readonly #document: LoadedDocument;
  readonly #table: ComponentTable;

  constructor(document: LoadedDocument) {
    this.#document = document;
    this.#table = new ComponentTable(document);
  }

  operation(operation: NamedOperation): JsonObject {
    const { body } = operation;
    return {
      ...cleanAnnotations(operation.json),
      operationId: operation.name,
      parameters: operation.parameters.map((parameter) => this.#parameterOf(parameter)),
      ...(body !== undefined && { requestBody: this.#refer("requestBodies", body.source) }),
      responses: this.#named(objectIn(operation.json, "responses"), "responses"),
    };
  }

  webhooks(): JsonObject {
    const methods = ["get", "put", "post", "delete", "options", "head", "patch"];
    const entries = Object.entries(objectIn(this.#document.json, "webhooks")).map(([name, source]) => {
      const item = followReference(this.#document, source);
      // Without an operationId, so that it cannot collide with an operation of `paths`.
      const operations = methods.flatMap((method) => {
        const operation = followReference(this.#document, fieldOf(item, method));
        return isJsonObject(operation) ? [[method, this.#webhook(operation)]] : [];
      });
      return [toPrintableKey(name), Object.fromEntries(operations)];
    });
    return Object.fromEntries(entries);
  }

  components(): JsonObject {
    const sections = new Map<Section, [string, unknown][]>();
    for (let next = this.#table.next(); next !== undefined; next = this.#table.next()) {
      const entries = sections.get(next.section) ?? [];
      entries.push([next.name, this.#component(next)]);
      sections.set(next.section, entries);
    }
    return Object.fromEntries([...sections].map(([section, entries]) => [section, Object.fromEntries(entries)]));
  }

  #webhook(operation: JsonObject): JsonObject {
    const body = fieldOf(operation, "requestBody");
    return {
      ...cleanAnnotations(operation),
      ...(isJsonObject(body) && { requestBody: this.#refer("requestBodies", body) }),
      responses: this.#named(objectIn(operation, "responses"), "responses"),
    };
  }

  #component({ section, reference }: Component): JsonObject | boolean {
    const source = findReference(this.#document, reference);
    if (section === "schemas") return cleanSchema(source, this.#table);
    const value = followReference(this.#document, source);
    return isJsonObject(value) ? this.#section(section, value) : {};
  }

  #section(section: Exclude<Section, "schemas">, value: JsonObject): JsonObject {
    switch (section) {
      case "parameters":
        return this.#parameter(value);
      case "requestBodies":
        return {
          ...cleanAnnotations(value),
          required: fieldOf(value, "required") === true,
          content: this.#content(value, true),
        };
      case "responses":
        return {
          ...cleanAnnotations(value),
          headers: this.#named(objectIn(value, "headers"), "headers"),
          content: this.#content(value, false),
        };
      case "headers":
        return {
          ...cleanAnnotations(value),
          ...(fieldOf(value, "required") === true && { required: true }),
          ...this.#schemaOf(value),
        };
    }
  }

  #named(values: JsonObject, section: Exclude<Section, "schemas">): JsonObject {
    const entries = Object.entries(values).filter(
      ([name, value]) => isJsonObject(value) && !/^x-/i.test(section === "responses" ? name : ""),
    );
    return Object.fromEntries(
      entries.map(([name, value]) => [toPrintableKey(name), this.#refer(section, value as JsonObject)]),
    );
  }

  #refer(section: Exclude<Section, "schemas">, source: JsonObject): JsonObject {
    const reference = referenceOf(source);
    return reference === undefined
      ? this.#section(section, source)
      : { $ref: this.#table.reference(section, reference) };
  }

  #parameterOf({ source, json, name, place }: ApiParameter): JsonObject {
    const reference = referenceOf(source);
    return reference === undefined || fieldOf(json, "name") !== name || fieldOf(json, "in") !== place
      ? this.#parameter(json)
      : { $ref: this.#table.reference("parameters", reference) };
  }

  #parameter(json: JsonObject): JsonObject {
    return {
      ...cleanAnnotations(json),
      name: toPrintableKey(String(fieldOf(json, "name") ?? "")),
      in: fieldOf(json, "in"),
      required: fieldOf(json, "required") === true || fieldOf(json, "in") === "path",
      ...this.#schemaOf(json),
    };
  }

  /** The schema of a parameter or header: in `schema`, or under the one media type of `content`. */
  #schemaOf(value: JsonObject): JsonObject {
    const schema = fieldOf(value, "schema") ?? fieldOf(Object.values(objectIn(value, "content"))[0], "schema");
    return schema === undefined ? {} : { schema: cleanSchema(schema, this.#table) };
  }

  #content(value: JsonObject, isRequest: boolean): JsonObject {
    const entries = Object.entries(objectIn(value, "content")).map(([mediaType, media]) => {
      const schema = fieldOf(media, "schema");
      const annotations = isJsonObject(media) ? cleanAnnotations(media) : {};
      if (schema === undefined) return [toPrintableKey(mediaType), annotations];
      const isUpload = isRequest && isMultipart(mediaType);
      const clean = isUpload ? cleanUpload(schema, this.#table) : cleanSchema(schema, this.#table);
      return [toPrintableKey(mediaType), { ...annotations, schema: clean }];
    });
    return Object.fromEntries(entries);
  }
}
