import type { CallContext } from "../call/call-context.js";
import type { CatalogOperation } from "../catalog/read-catalog.js";
import { annotationsOf } from "../catalog/safety-rules.js";
import { createSearch } from "../catalog/search-catalog.js";
import { describeOperation } from "./describe-operation.js";
import { anyOperationInput } from "./input-schema.js";
import { runOperation } from "./operation-tools.js";
import type { AgentTool, ToolResult } from "./tool.js";

const defaultLimit = 10;
const maxLimit = 50;

const lineOf = ({ id, title, safety, isAllowed, document }: CatalogOperation) => {
  const marks = [
    safety === "safe" ? "" : "write",
    isAllowed ? "" : "not allowed",
    document.deprecated ? "deprecated" : "",
  ];
  const shown = marks.filter((mark) => mark !== "").join(", ");
  return `${id}${title === id ? "" : `: ${title}`}${shown === "" ? "" : ` [${shown}]`}`;
};

const textOf = (value: unknown) => (typeof value === "string" ? value.slice(0, 500) : "");
const plain = (text: string): ToolResult => ({ text, isError: false });

/** Three tools that find, describe and call the operations of a provider that has too many for a tool each. */
export function searchTools(context: CallContext): readonly AgentTool[] {
  const { catalog, options } = context;
  const { provider, operations } = catalog;
  const search = createSearch(catalog);
  const allowed = operations.filter(({ isAllowed }) => isAllowed);
  const hasWrites = allowed.some(({ safety }) => safety !== "safe");

  const notFound = (name: string): ToolResult => {
    const similar = search(name, 3).map(({ id }) => id);
    const hint = similar.length === 0 ? "search for it with search_operations" : `similar: ${similar.join(", ")}`;
    return { text: `There is no operation ${JSON.stringify(name)}: ${hint}.`, isError: true };
  };

  return [
    {
      name: "search_operations",
      description: `Find operations of ${provider} (${operations.length}) by words of what they do.`,
      inputSchema: {
        type: "object",
        properties: {
          query: { type: "string", description: "Such as: refund a charge" },
          limit: { type: "number", description: `At most ${maxLimit}; default ${defaultLimit}` },
        },
        required: ["query"],
        additionalProperties: false,
      },
      annotations: { ...annotationsOf(`Search ${provider}`, ["safe"]), openWorldHint: false },
      async run(given) {
        const limit = Math.min(maxLimit, Math.max(1, Math.trunc(Number(given.limit ?? defaultLimit)) || defaultLimit));
        const query = textOf(given.query);
        const found = search(query, limit);
        if (found.length > 0) return plain(found.map(lineOf).join("\n"));
        return plain(`No operation of ${provider} matches ${JSON.stringify(query)}: try other words.`);
      },
    },
    {
      name: "describe_operation",
      description: "Show the parameters, body and response of an operation.",
      inputSchema: {
        type: "object",
        properties: {
          operation: { type: "string", description: "As search_operations shows it" },
          at: { type: "string", description: "A part that is shown as {…}, such as body.items[] or response.data[]" },
        },
        required: ["operation"],
        additionalProperties: false,
      },
      annotations: { ...annotationsOf("Describe an operation", ["safe"]), openWorldHint: false },
      async run(given) {
        const name = textOf(given.operation);
        const operation = catalog.find(name);
        if (operation === undefined) return notFound(name);
        return plain(describeOperation(context, operation, { at: textOf(given.at) || undefined }));
      },
    },
    {
      name: "call_operation",
      description: `Call an operation of ${provider}. ${
        hasWrites ? "Writes that are not allowed are refused" : "Only reads are allowed"
      }.`,
      inputSchema: anyOperationInput(hasWrites),
      annotations: annotationsOf(
        `Call ${provider}`,
        options.dryRun ? ["safe"] : [...new Set(allowed.map(({ safety }) => safety))],
      ),
      async run({ operation: name, ...given }, caller) {
        const operation = catalog.find(textOf(name));
        if (operation === undefined) return notFound(textOf(name));
        return runOperation(context, caller, { operation, given });
      },
    },
  ];
}
