import { isObject } from "../json/json-object.js";
import type { StoredObject } from "../objects/object-store.js";
import { schemaKey } from "../schema/json-schema.js";
import type { ObjectChange } from "../webhooks/object-change.js";
import { isJsonContent, successResponse } from "./documented-responses.js";
import type { ObjectWrites, RequestContext } from "./object-writes.js";

/** Is notified of every change of an object. */
export type OnChange = (change: ObjectChange) => void;

/** What was changed. */
export interface ReportedChange {
  readonly kind: ObjectChange["kind"];
  readonly object: StoredObject;
  /** The object in the response, after the change. */
  readonly representation?: unknown;
  readonly before?: StoredObject | undefined;
  readonly action?: string | undefined;
}

/** Reports a change; nothing is computed where there are no webhooks. */
export type ReportChange = (context: RequestContext, change: ReportedChange) => void;

/** The last word of a path that is not a parameter, and not one of the words that follow an object. */
function resourceOf(path: string, action: string | undefined): string {
  const words = path
    .replace(/\.json$/, "")
    .replace(/\/batch\/[a-z]+$/, "")
    .split("/");
  return words.filter((word) => word !== "" && !word.includes("{") && word !== action).at(-1) ?? "";
}

/** A context whose objects are represented as they are read: a DELETE may return nothing of them. */
function asRead(context: RequestContext): RequestContext {
  const read = context.resource.operations.get("GET");
  const content = read === undefined ? undefined : successResponse(read).content;
  if (read === undefined || content === undefined || !isJsonContent(content)) return context;
  const schema = read.schemas.response.convert(content.schema);
  return { ...context, request: { ...context.request, operation: read }, schema };
}

/** Creates the reports of changes. */
export function createChangeReports(writes: ObjectWrites, onChange: OnChange | undefined): ReportChange {
  if (onChange === undefined) return () => {};
  return (context, { kind, object, representation, before, action }) => {
    const { request, schema } = context;
    const own = kind === "deleted" ? asRead(context) : context;
    const value = kind === "deleted" ? writes.representationOf(own, object) : representation;
    const name = own.schema === undefined ? undefined : schemaKey(own.schema);
    onChange({
      kind,
      operation: request.operation.id,
      path: request.path,
      resource: resourceOf(request.operation.path, action),
      action,
      schema: typeof name === "string" ? name.split("/").at(-1) : undefined,
      object: isObject(value) ? value : object.data,
      before: before === undefined || schema === undefined ? before?.data : writes.representationOf(context, before),
      body: request.body,
    });
  };
}
