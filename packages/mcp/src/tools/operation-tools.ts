import { readArguments } from "../call/call-arguments.js";
import type { CallContext, Caller } from "../call/call-context.js";
import { callOperation } from "../call/call-operation.js";
import type { CatalogOperation } from "../catalog/read-catalog.js";
import { annotationsOf } from "../catalog/safety-rules.js";
import { refused } from "../session/call-result.js";
import { operationInput } from "./input-schema.js";
import { renderResult } from "./render-result.js";
import type { AgentTool, ToolResult } from "./tool.js";

/** Calls an operation with the arguments of an agent, and renders what comes back. Does not reject. */
export async function runOperation(
  context: CallContext,
  caller: Caller,
  { operation, given }: { operation: CatalogOperation; given: Readonly<Record<string, unknown>> },
): Promise<ToolResult> {
  try {
    const parsed = readArguments(given);
    return renderResult(context, await callOperation(context, caller, { operation, given: parsed }), parsed);
  } catch (error) {
    return renderResult(context, refused((error as Error).message), { select: [], maxTokens: undefined });
  }
}

const maxNameLength = 64;

/** A name that all clients accept: letters, digits, `_` and `-`. */
function nameOf({ document, method, path }: CatalogOperation, taken: ReadonlySet<string>): string {
  const text = document.operationId ?? `${method.toLowerCase()} ${path}`;
  const name =
    text
      .replace(/[^A-Za-z0-9_-]+/g, "_")
      .replace(/^_+|_+$/g, "")
      .slice(0, maxNameLength) || "call";
  if (!taken.has(name)) return name;
  let count = 2;
  while (taken.has(`${name.slice(0, maxNameLength - 4)}_${count}`)) count += 1;
  return `${name.slice(0, maxNameLength - 4)}_${count}`;
}

/** One tool for each operation that may be called. */
export function operationTools(context: CallContext): readonly AgentTool[] {
  const taken = new Set<string>();
  return context.catalog.operations
    .filter(({ isAllowed }) => isAllowed)
    .map((operation): AgentTool => {
      const name = nameOf(operation, taken);
      taken.add(name);
      const { id, title, safety, needsApproval } = operation;
      const notes = [
        operation.document.deprecated ? " Deprecated." : "",
        needsApproval && context.options.approve !== false ? " The user is asked before it is sent." : "",
      ].join("");
      return {
        name,
        description: title === id ? `${id}.${notes}` : `${title} (${id})${notes}`,
        inputSchema: operationInput(context, operation),
        annotations: annotationsOf(title, [safety]),
        run: (given, caller) => runOperation(context, caller, { operation, given }),
      };
    });
}
