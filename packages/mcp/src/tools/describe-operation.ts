import { isJsonContent, successResponse } from "@connectry/testing/openapi";
import type { CallContext } from "../call/call-context.js";
import { contentOf, parametersOf } from "../call/check-arguments.js";
import type { CatalogOperation } from "../catalog/read-catalog.js";
import { estimateTokens } from "../data/estimate-tokens.js";
import { plainText } from "../data/plain-text.js";
import { type OutlineOptions, outline, schemaAt } from "../schema/outline.js";

const maxDescription = 500;
const defaultTokens = 4_000;

/** What is wanted of a description. */
export interface DescribeOptions {
  /** A part, such as `body.items[]` or `response.data[]`. */
  readonly at?: string | undefined;
  readonly maxTokens?: number | undefined;
}

const repeats: Readonly<Record<string, string>> = {
  safe: "reads",
  idempotent: "writes; twice is as good as once",
  "idempotent-with-key": "writes; sent with an idempotency key, so that a repeat with the same callId is applied once",
  unsafe: "writes; the provider would apply a repeat a second time",
};

function schemasOf({ parts }: CallContext, operation: CatalogOperation) {
  const { request, response } = operation.document.schemas;
  const { body: form } = parts.operationOf(operation.method, operation.path);
  const content = contentOf(operation, form);
  const success = successResponse(operation.document).content;
  return {
    body: content && ([request, request.convert(content.schema)] as const),
    response: success && isJsonContent(success) ? ([response, response.convert(success.schema)] as const) : undefined,
  };
}

/** The first of several texts that is small enough; the last one, cut, where none is. */
function fitting(maxTokens: number, texts: readonly (() => string)[]): string {
  let text = "";
  for (const create of texts) {
    text = create();
    if (estimateTokens(text) <= maxTokens) return text;
  }
  const length = Math.floor((text.length * maxTokens) / estimateTokens(text));
  return `${text.slice(0, length)}\n… ${text.length - length} of ${text.length} characters were left out: describe a part with \`at\`.`;
}

/** Describes an operation for an agent: what it does, whether it may be called, its parameters, its body and its response. */
export function describeOperation(context: CallContext, operation: CatalogOperation, options: DescribeOptions): string {
  const { at, maxTokens = context.options.maxResultTokens ?? defaultTokens } = options;
  const schemas = schemasOf(context, operation);
  if (at !== undefined) {
    const [root = "", ...names] = at.split(/(?=[.[])/);
    const found = root === "body" || root === "response" ? schemas[root] : undefined;
    const part = found && schemaAt(found[0], found[1], names.join(""));
    if (found === undefined || part === undefined)
      return `${operation.id} has no ${JSON.stringify(at)}: \`at\` begins with body or response, such as body.metadata.`;
    const levels = [4, 3, 2, 1].map((depth) => () => `${at}: ${outline(found[0], part, { depth })}`);
    return fitting(maxTokens, levels);
  }
  const { id, title, safety, isAllowed, needsApproval, document } = operation;
  const description = plainText(document.description ?? "").slice(0, maxDescription);
  const parameters = parametersOf(operation, context.parts.profile).map((parameter) => {
    const { name, schema, required, description: text } = parameter;
    const place = parameter.in === "header" ? "headers" : parameter.in;
    const isRequired = required && context.parts.profile.pathDefaults?.[name] === undefined;
    const type = outline(document.schemas.request, document.schemas.request.convert(schema), { depth: 1, maxText: 0 });
    const note = text === undefined ? "" : ` // ${plainText(text).slice(0, 100)}`;
    return `${place}.${name}${isRequired ? "" : "?"}: ${type}${note}`;
  });
  const head = [
    `${id}: ${title}`,
    (description.startsWith(title) ? description.slice(title.length) : description).trim(),
    `It ${repeats[safety]}.${isAllowed ? "" : " It is not allowed here: only the user can allow it."}`,
    needsApproval && context.options.approve !== false ? "The user is asked before it is sent." : "",
    operation.page() === undefined ? "" : "It is a list: a response with `next` has another page.",
    document.deprecated ? "Deprecated." : "",
    ...parameters,
  ].filter((line) => line !== "");
  const levels: readonly (OutlineOptions & { readonly response: OutlineOptions | undefined })[] = [
    { depth: 3, response: { depth: 2, maxText: 0 } },
    { depth: 2, response: { depth: 1, maxText: 0 } },
    { depth: 1, maxText: 60, response: { depth: 1, maxText: 0 } },
    { depth: 1, maxText: 0, response: undefined },
  ];
  return fitting(
    maxTokens,
    levels.map(({ response, ...body }) => () => {
      const lines = [...head];
      if (schemas.body) lines.push(`body: ${outline(...schemas.body, body)}`);
      if (schemas.response && response) lines.push(`response: ${outline(...schemas.response, response)}`);
      const hasMore = lines.some((line) => line.includes("{…}"));
      return [...lines, ...(hasMore ? ["{…}: describe it with `at`, such as body.name or response.name"] : [])].join(
        "\n",
      );
    }),
  );
}
