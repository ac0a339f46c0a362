import type { Path } from "@connectry/core";
import { isObject } from "../document/json.js";
import type { DocumentOperation } from "../document/operation.js";
import { type JsonSchema, schemaKey } from "../schema/json-schema.js";
import type { SchemaView } from "../schema/schema-space.js";
import type { SchemaTools } from "../schema/schema-tools.js";
import { type Answer, createAnswer } from "../server/answer.js";
import { isJsonContent, successAnswer } from "./document-answers.js";
import type { PageShapes } from "./page-shape.js";
import { placeValue, valueAt } from "./place-value.js";
import { keyIn, type Records, type Thing, unknownThing } from "./records.js";
import { keyAbove, type Resource, type Resources } from "./resources.js";
import { numbered, type Seeds } from "./seeds.js";
import { formOf, learned, pathIdOf, written } from "./thing-forms.js";

/** A request that was found sound. */
export interface SoundRequest {
  readonly operation: DocumentOperation;
  /** Its path as sent, with which objects are found again. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The server's own origin, for addresses in answers. */
  readonly origin: string;
}

/** What the answers of a fake provider stand on. */
export interface OperationAnswerOptions {
  readonly records: Records;
  readonly resources: Resources;
  readonly shapes: PageShapes;
  readonly seeds: Seeds;
  readonly tools: (view: SchemaView) => SchemaTools;
  /** How many items a list is filled with: what is created is numbered after them. */
  readonly listLength: number;
  /** Where answers say that a list goes on: one without a way to its next page must not. */
  readonly moreFlags: readonly Path[];
}

/** Where an answer that is elsewhere is read: not in the document, and open to anyone. */
export const elsewhere = "/-/elsewhere";

const binary = new Uint8Array(Buffer.from("%PDF-1.4\n%%EOF\n"));
const maxMeetings = 20;

/** One request, with what stands at its path. */
interface Errand {
  readonly request: SoundRequest;
  readonly resource: Resource;
  readonly key: string;
  /** The schema of the answer, where that is JSON. */
  readonly schema: JsonSchema | undefined;
}

/** Answers what is not a page: with what was created, seeded or written where there is such an object, else a sample. */
export function createOperationAnswer(options: OperationAnswerOptions): (request: SoundRequest) => Answer {
  const { records, resources, shapes, seeds, tools, listLength, moreFlags } = options;

  const contextOf = ({ request }: Errand) => {
    const view = request.operation.schemas.response;
    return { view, tools: tools(view) };
  };
  const samplerOf = (errand: Errand, schema: JsonSchema) => (number: number) => {
    const sample = contextOf(errand).tools.sample(schema, number);
    for (const flag of moreFlags) if (valueAt(sample, flag) === true) placeValue(sample, flag, false);
    return sample;
  };
  const shown = (errand: Errand, thing: Thing): unknown =>
    errand.schema === undefined
      ? undefined
      : formOf(contextOf(errand), errand.schema, thing, samplerOf(errand, errand.schema));

  const thingAt = ({ request, resource, key }: Errand): Thing => {
    const { parameter } = resource;
    const value = parameter === undefined ? undefined : request.params[parameter];
    return (
      seeds.find(request.operation, key) ?? unknownThing(0, value === undefined ? undefined : { parameter, value })
    );
  };

  /** A thing with a request's body written to it, and how the answer shows it. */
  const rewritten = (
    errand: Errand,
    thing: Thing,
    body: unknown,
  ): { readonly thing: Thing; readonly form: unknown } => {
    const { schema, request } = errand;
    if (schema === undefined)
      return { thing: { ...thing, known: learned(thing.known, body), forms: new Map() }, form: undefined };
    const merging = request.operation.method !== "PUT";
    const form = written(contextOf(errand), schema, shown(errand, thing), body, { id: thing.id, merging });
    const known = learned(learned(thing.known, body), form);
    return { thing: { ...thing, known, forms: new Map([[schemaKey(schema), form]]) }, form };
  };

  const create = (errand: Errand): unknown => {
    const { request, resource, key, schema } = errand;
    const parameter = resource.itemParameter;
    const next = () => listLength + records.nextNumber(key);
    for (let number = next(), meetings = 0; ; number = next(), meetings += 1) {
      const sampled = schema === undefined ? undefined : samplerOf(errand, schema)(number);
      const asked = pathIdOf(request.body, parameter);
      const id = asked ?? numbered(sampled, parameter, number);
      const form = schema === undefined ? undefined : written(contextOf(errand), schema, sampled, request.body, { id });
      const named = (isObject(form) ? pathIdOf(form, parameter) : undefined) ?? asked;
      const forms = schema === undefined ? new Map() : new Map([[schemaKey(schema), form]]);
      const thing: Thing = { number, id: named, known: learned(request.body, form), forms };
      const own = keyIn(key, thing);
      if (own !== undefined && asked === undefined && records.get(own) !== undefined && meetings < maxMeetings)
        continue;
      if (own !== undefined && (schema === undefined || isObject(form))) records.add(key, thing);
      return form;
    }
  };

  const write = (errand: Errand): unknown => {
    const { request, resource, key } = errand;
    const before = thingAt(errand);
    const { thing, form } = rewritten(errand, before, request.body);
    const isKept = resource.parameter !== undefined || resource.operations.has("GET");
    if (!isKept) return form;
    // What was put where nothing was is created; its list has it from then on.
    const creates = request.operation.method === "PUT" && thing.id !== undefined && records.get(key) === undefined;
    if (creates) records.add(keyAbove(key), thing);
    else records.put(key, thing);
    return form;
  };

  /** An action on an object that answers with that object: `POST /v1/payment_intents/{intent}/confirm`. */
  const subjectOf = ({ request, resource, key, schema }: Errand): Thing | undefined => {
    const parameter = resource.above?.parameter;
    const read = resource.above?.operations.get("GET");
    if (parameter === undefined || read === undefined || !isSame(read, schema)) return undefined;
    const id = { parameter, value: request.params[parameter] ?? "" };
    return seeds.find(read, keyAbove(key)) ?? unknownThing(0, id);
  };

  const isSame = (read: DocumentOperation | undefined, schema: JsonSchema | undefined): boolean => {
    const content = read === undefined ? undefined : successAnswer(read).content;
    if (read === undefined || content === undefined || schema === undefined) return false;
    return schemaKey(read.schemas.response.convert(content.schema)) === schemaKey(schema);
  };

  const remove = (errand: Errand): unknown => {
    const { request, resource, key, schema } = errand;
    const thing = thingAt(errand);
    const read = resource.operations.get("GET");
    const form = shown(errand, thing);
    const list = read === undefined ? undefined : shapes.page(read);
    if (list !== undefined) {
      // Without a body that says which, all items are meant.
      if (request.body === undefined) records.replace(key, []);
    } else if (!isSame(read, schema)) records.remove(key);
    // What a DELETE answers with as a GET would, such as a cancelled subscription, is still there.
    else records.put(key, thing);
    return form;
  };

  const act = (errand: Errand): unknown => {
    const { request, resource } = errand;
    const { method } = request.operation;
    if (method === "DELETE") return remove(errand);
    const isItem = resource.parameter !== undefined;
    const read = resource.operations.get("GET");
    const isList = read !== undefined && shapes.list(read) !== undefined;
    if (method === "POST" && !isItem && (resource.itemParameter !== undefined || isList)) return create(errand);
    if (method === "POST" || method === "PUT" || method === "PATCH") {
      const subject = isItem ? undefined : subjectOf(errand);
      if (subject === undefined) return write(errand);
      const { thing, form } = rewritten(errand, subject, request.body);
      records.put(keyAbove(errand.key), thing);
      return form;
    }
    const shape =
      isItem || (resource.itemParameter === undefined && !resource.operations.has("POST"))
        ? undefined
        : shapes.list(request.operation);
    if (shape === undefined) return shown(errand, thingAt(errand));
    const items = seeds.itemsOf(request.operation, shape, request.path);
    const sample = samplerOf(errand, shape.pageSchema)(0);
    return placeValue(sample, shape.items, items);
  };

  return (request) => {
    const { operation, origin } = request;
    const { status, content } = successAnswer(operation);
    const isJson = content !== undefined && isJsonContent(content) && status < 300;
    const schema = isJson ? operation.schemas.response.convert(content.schema) : undefined;
    const resource = resources.of(operation);
    const body = act({ request, resource, key: resources.key(operation, request.path), schema });
    if (status >= 300 && status < 400) return createAnswer({ status, headers: { location: `${origin}${elsewhere}` } });
    if (content === undefined) return createAnswer({ status });
    if (isJson) return createAnswer({ status, body });
    const text = content.mediaType.startsWith("text/");
    const headers = {
      "content-type": content.mediaType.includes("*") ? "application/octet-stream" : content.mediaType,
    };
    return createAnswer({ status, headers, body: text ? `A sample of ${operation.id}.\n` : binary });
  };
}

/** The answer behind a redirect: a download. */
export function answerElsewhere(): Answer {
  return createAnswer({ headers: { "content-type": "application/octet-stream" }, body: binary });
}
