import { getObject, getString, isObject, type JsonObject } from "../json/json-object.js";
import { resolveReference } from "../json/resolve-reference.js";
import { writeTo } from "../objects/representations.js";
import type { DocumentSchemas } from "../schema/document-schemas.js";
import type { JsonSchema } from "../schema/json-schema.js";
import { createSchemaTools } from "../schema/schema-tools.js";
import type { DescribeEvent } from "./described-event.js";
import { eventVerbs } from "./event-verbs.js";
import type { ObjectChange } from "./object-change.js";

/** The name of an event, or of a schema, in one format. */
const normalize = (name: string) => name.replace(/[^A-Za-z0-9]+/g, "-").toLowerCase();
const singular = (name: string) => name.replace(/ies$/, "y").replace(/s$/, "");
const plural = (name: string) => name.replace(/y$/, "ie").concat("s");

/** The names by which events may call the object of a change: `issue`, `issues`. */
function subjectsOf({ schema, resource }: ObjectChange): readonly string[] {
  const own = schema === undefined ? [] : [normalize(schema), plural(normalize(schema))];
  return [...own, normalize(resource), singular(normalize(resource))];
}

/** The member of a delivery that is its object: `pull_request`; `comment` for the event `issue_comment`. */
function objectMember(names: readonly string[], subjects: readonly string[]): string | undefined {
  for (const subject of subjects) {
    const words = singular(subject).split("-");
    for (let from = 0; from < words.length; from += 1) {
      const wanted = words.slice(from).join("-");
      const found = names.find((name) => normalize(name) === wanted);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Events that a document has as `webhooks` (`x-webhooks` of OpenAPI 3.0), as GitHub's; undefined for a document without such. */
export function entryEvents(document: JsonObject, { response: view }: DocumentSchemas): DescribeEvent | undefined {
  const entries = { ...getObject(document, "x-webhooks"), ...getObject(document, "webhooks") };
  const names = Object.keys(entries);
  if (names.length === 0) return undefined;
  const tools = createSchemaTools()(view);

  const schemaOf = (entry: string): JsonSchema | undefined => {
    const operation = getObject(resolveReference(document, entries[entry]), "post");
    const content = getObject(resolveReference(document, operation.requestBody), "content");
    const media = Object.entries(content).find(([type]) => /json/.test(type))?.[1];
    return isObject(media) && media.schema !== undefined ? view.convert(media.schema) : undefined;
  };
  const find = (change: ObjectChange) => {
    for (const subject of subjectsOf(change))
      for (const verb of eventVerbs(change)) {
        // `issues-opened`, or `fork`, which has no action.
        const withAction = names.find((name) => normalize(name) === `${subject}-${verb}`);
        if (withAction !== undefined) return { entry: withAction, subject, verb };
        const alone = change.kind === "created" ? names.find((name) => normalize(name) === subject) : undefined;
        if (alone !== undefined) return { entry: alone, subject, verb: undefined };
      }
    return undefined;
  };

  return (change, number) => {
    const found = find(change);
    const schema = found === undefined ? undefined : schemaOf(found.entry);
    if (found === undefined || schema === undefined) return undefined;
    const properties = tools.schemaAt(schema, [])?.properties ?? {};
    const sampled = tools.sample(schema, number);
    const body: Record<string, unknown> = isObject(sampled) ? { ...sampled } : {};
    const member = objectMember(Object.keys(properties), subjectsOf(change));
    if (member !== undefined && isObject(change.object)) {
      const context = { view, tools, schema: properties[member] ?? true };
      // The object as this event has it: its members where they are valid there.
      body[member] = writeTo(context, body[member], { changes: change.object });
    }
    const group = found.subject.replaceAll("-", "_");
    const action = getString(body, "action");
    return { type: action === undefined ? group : `${group}.${action}`, group, body };
  };
}
