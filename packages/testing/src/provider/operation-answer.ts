import type { Path } from "@connectry/core";
import { isObject } from "../document/json.js";
import type { DocumentOperation } from "../document/operation.js";
import type { JsonSchema } from "../schema/json-schema.js";
import type { Sampler } from "../schema/sample-schema.js";
import type { SchemaView } from "../schema/schema-space.js";
import { type Answer, createAnswer } from "../server/answer.js";
import { isJsonContent, type SchemaTools, successAnswer } from "./document-answers.js";
import { placeValue, valueAt } from "./place-value.js";
import { idOf, type Records, withId } from "./records.js";

/** A request that was found sound. */
export interface SoundRequest {
  readonly operation: DocumentOperation;
  /** Its path as sent, with which objects are found again. */
  readonly path: string;
  readonly body: unknown;
}

const binary = new Uint8Array(Buffer.from("%PDF-1.4\n%%EOF\n"));

/** What an object of a schema becomes when a request writes to it: members that are named alike and fit are taken over. */
function written(view: SchemaView, tools: SchemaTools, schema: JsonSchema, object: unknown, body: unknown): unknown {
  if (!isObject(object) || !isObject(body)) return object;
  const properties = tools.at(schema, [])?.properties ?? {};
  const changed: Record<string, unknown> = { ...object };
  for (const [name, value] of Object.entries(body)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (name === "id" || property === undefined || view.problems(value, property).length > 0) continue;
    changed[name] = value;
  }
  return view.problems(changed, schema).length === 0 ? changed : object;
}

/** What the answers of a fake provider stand on. */
export interface OperationAnswerOptions {
  readonly records: Records;
  readonly tools: (view: SchemaView) => SchemaTools;
  /** Whether what an operation creates can be read below its path. */
  readonly hasItems: (operation: DocumentOperation) => boolean;
  /** How many items a list is filled with: what is created is numbered after them. */
  readonly listLength: number;
  /** Where answers say that a list goes on: one without a way to its next page must not. */
  readonly moreFlags: readonly Path[];
}

const writes = new Set(["POST", "PUT", "PATCH"]);

/** Answers what is not a page: what was created or seeded where there is such an object, else a sample. */
export function createOperationAnswer(options: OperationAnswerOptions): (request: SoundRequest) => Answer {
  const { records, tools, hasItems, listLength, moreFlags } = options;

  const sampleOf = (sampler: Sampler, schema: JsonSchema, number: number): unknown => {
    const sample = sampler(schema, number);
    for (const flag of moreFlags) if (valueAt(sample, flag) === true) placeValue(sample, flag, false);
    return sample;
  };

  /** The object that a path ends with: the one that is known, else a sample with the id of the path. */
  const itemFor = ({ operation, path, body }: SoundRequest, schema: JsonSchema): unknown => {
    const view = operation.schemas.response;
    const sample = sampleOf(tools(view).sample, schema, 0);
    const isSound = (object: unknown) => view.problems(object, schema).length === 0;
    const known = records.get(path);
    const named = withId(sample, decodeURIComponent(path.slice(path.lastIndexOf("/") + 1)));
    // An id that the schema refuses, by a pattern for example, stays the sample's.
    const before = [known, named].find((object) => object !== undefined && isSound(object)) ?? sample;
    if (!writes.has(operation.method)) return before;
    const after = written(view, tools(view), schema, before, body);
    records.put(path, after);
    return after;
  };

  const objectFor = (request: SoundRequest, schema: JsonSchema): unknown => {
    const { operation, path, body } = request;
    if (/\/\{[^{}]+\}$/.test(operation.path)) return itemFor(request, schema);
    const view = operation.schemas.response;
    const creates = operation.method === "POST" && hasItems(operation);
    const sample = sampleOf(tools(view).sample, schema, creates ? listLength + records.nextNumber(path) : 0);
    const object = writes.has(operation.method) ? written(view, tools(view), schema, sample, body) : sample;
    const id = creates ? idOf(object) : undefined;
    if (id !== undefined) records.put(`${path}/${encodeURIComponent(id)}`, object);
    return object;
  };

  return (request) => {
    const { operation } = request;
    const { status, content } = successAnswer(operation);
    if (content === undefined) return createAnswer({ status });
    const view = operation.schemas.response;
    if (isJsonContent(content)) return createAnswer({ status, body: objectFor(request, view.convert(content.schema)) });
    const text = content.mediaType.startsWith("text/");
    const headers = {
      "content-type": content.mediaType.includes("*") ? "application/octet-stream" : content.mediaType,
    };
    return createAnswer({ status, headers, body: text ? `A sample of ${operation.id}.\n` : binary });
  };
}
