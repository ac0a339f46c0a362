import { getObject, isObject, type JsonObject } from "../json/json-object.js";
import { resolveReference } from "../json/resolve-reference.js";
import type { DocumentSchemas } from "../schema/document-schemas.js";
import { createSchemaTools } from "../schema/schema-tools.js";
import type { DescribeEvent } from "./described-event.js";
import { eventVerbs } from "./event-verbs.js";
import type { ObjectChange } from "./object-change.js";

const isEventName = (value: unknown): value is string => typeof value === "string" && /^[\w.]+\.created$/.test(value);

/** The list of event names that an endpoint can subscribe to: an enumeration in the body of a request, such as `enabled_events`. */
function eventNames(document: JsonObject): ReadonlySet<string> | undefined {
  for (const item of Object.values(getObject(document, "paths"))) {
    const body = resolveReference(
      document,
      getObject(getObject(resolveReference(document, item), "post"), "requestBody"),
    );
    for (const media of Object.values(getObject(body, "content"))) {
      const schema = isObject(media) ? resolveReference(document, media.schema) : {};
      for (const property of Object.values(getObject(schema, "properties"))) {
        const names = getObject(isObject(property) ? property : {}, "items").enum;
        if (Array.isArray(names) && names.some(isEventName))
          return new Set(names.filter((name): name is string => typeof name === "string"));
      }
    }
  }
  return undefined;
}

/** The schema in which events are delivered: one with a `type`, and the object at `data.object`. */
function findEnvelope(document: JsonObject): JsonObject | undefined {
  const schemas = getObject(getObject(document, "components"), "schemas");
  return Object.values(schemas)
    .filter(isObject)
    .find((schema) => {
      const properties = getObject(schema, "properties");
      const data = resolveReference(document, properties.data);
      return (
        properties.type !== undefined && properties.id !== undefined && isObject(getObject(data, "properties").object)
      );
    });
}

/** The values that an update changed, as they were before. */
function previousAttributes({ object, before }: ObjectChange): JsonObject {
  if (!isObject(object) || !isObject(before)) return {};
  return Object.fromEntries(
    Object.entries(before).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(object[name])),
  );
}

/** Events that a document lists by name, and delivers in one schema, as Stripe's; undefined for a document without such. */
export function envelopeEvents(document: JsonObject, { response: view }: DocumentSchemas): DescribeEvent | undefined {
  const envelope = findEnvelope(document);
  const names = envelope === undefined ? undefined : eventNames(document);
  if (envelope === undefined || names === undefined) return undefined;
  const schema = view.convert(envelope);
  const { sample } = createSchemaTools()(view);

  /** `customer.subscription.created` for a subscription: the object may be below another. */
  const typeOf = (change: ObjectChange): string | undefined => {
    const own = isObject(change.object) && typeof change.object.object === "string" ? change.object.object : undefined;
    const subjects = [own, change.schema].filter((one) => one !== undefined);
    for (const verb of eventVerbs(change)) {
      for (const subject of subjects) {
        const found = [...names].find((name) => name === `${subject}.${verb}`);
        const below = found ?? [...names].find((name) => name.endsWith(`.${subject}.${verb}`));
        if (below !== undefined) return below;
      }
    }
    return undefined;
  };

  return (change, number) => {
    const type = typeOf(change);
    if (type === undefined) return undefined;
    const isUpdate = change.kind === "updated" && type.endsWith(".updated");
    const data = {
      object: change.object,
      ...(isUpdate ? { previous_attributes: previousAttributes(change) } : {}),
    };
    const sampled = sample(schema, number) as JsonObject;
    const created = typeof sampled.created === "number" ? { created: Math.floor(Date.now() / 1_000) } : {};
    return { type, body: { ...sampled, ...created, type, data } };
  };
}
