import type { CallContext } from "../call/call-context.js";
import { contentOf, parametersOf } from "../call/check-arguments.js";
import type { CatalogOperation } from "../catalog/read-catalog.js";
import { isRepeatHarmful } from "../catalog/safety-rules.js";
import { firstSentence } from "../data/plain-text.js";
import { inlineSchema } from "../schema/inline-schema.js";

/** What all tools that call an operation take besides its parameters. */
const selectSchema = {
  type: "array",
  items: { type: "string" },
  description: "The parts of the response that are wanted, such as data[*].id",
};
const cursorSchema = { type: ["string", "number"], description: "The `next` of a page, for the page after it" };
const callIdSchema = {
  type: "string",
  description: "Names this write: a call with the same callId is the same write, and never applied twice",
};

const groups = [
  { argument: "path", location: "path" },
  { argument: "query", location: "query" },
  { argument: "headers", location: "header" },
] as const;

type InputSchema = Readonly<Record<string, unknown>> & { readonly type: "object" };

/** The input of a tool that calls one operation. */
export function operationInput({ parts }: Pick<CallContext, "parts">, operation: CatalogOperation): InputSchema {
  const view = operation.document.schemas.request;
  const properties: Record<string, unknown> = {};
  const required: string[] = [];
  const parameters = parametersOf(operation, parts.profile);
  for (const { argument, location } of groups) {
    const own = parameters.filter((parameter) => parameter.in === location);
    if (own.length === 0) continue;
    const schemas = own.map(({ name, schema, description }) => [
      name,
      {
        ...inlineSchema(view, view.convert(schema), 3),
        ...(description !== undefined && { description: firstSentence(description, 200) }),
      },
    ]);
    const needed = own
      .filter(({ name, required }) => required && parts.profile.pathDefaults?.[name] === undefined)
      .map(({ name }) => name);
    properties[argument] = {
      type: "object",
      properties: Object.fromEntries(schemas),
      ...(needed.length > 0 && { required: needed }),
      additionalProperties: false,
    };
    if (needed.length > 0) required.push(argument);
  }
  const { body: form } = parts.operationOf(operation.method, operation.path);
  const content = contentOf(operation, form);
  if (content !== undefined) {
    properties.body = inlineSchema(view, view.convert(content.schema), 4);
    if (operation.document.requestBody()?.required) required.push("body");
  }
  properties.select = selectSchema;
  if (operation.page() !== undefined) properties.cursor = cursorSchema;
  if (isRepeatHarmful(operation.safety)) properties.callId = callIdSchema;
  return { type: "object", properties, ...(required.length > 0 && { required }), additionalProperties: false };
}

/** The input of the tool that calls any operation. */
export function anyOperationInput(hasWrites: boolean): InputSchema {
  return {
    type: "object",
    properties: {
      operation: { type: "string", description: "Method and path, such as GET /v1/customers/{customer}" },
      path: { type: "object", description: "Values of the path's parameters" },
      query: { type: "object" },
      headers: { type: "object" },
      body: {},
      select: selectSchema,
      cursor: cursorSchema,
      ...(hasWrites && { callId: callIdSchema }),
      dryRun: { type: "boolean", description: "Have a fake of the provider respond, without sending anything" },
      maxTokens: { type: "number" },
    },
    required: ["operation"],
    additionalProperties: false,
  };
}
