import type { CallContext, Caller } from "../call/call-context.js";
import type { ToolAnnotations } from "../catalog/safety-rules.js";

/** The text that an agent gets. */
export interface ToolResult {
  readonly text: string;
  readonly isError: boolean;
}

/** A tool, whatever protocol offers it. */
export interface AgentTool {
  readonly name: string;
  readonly description: string;
  /** A JSON Schema of an object. */
  readonly inputSchema: Readonly<Record<string, unknown>> & { readonly type: "object" };
  readonly annotations: ToolAnnotations;
  /** Runs the tool. Does not reject. */
  run(given: Readonly<Record<string, unknown>>, caller: Caller): Promise<ToolResult>;
}

/** The tools of a provider, and what to say of them. */
export interface ToolSet {
  readonly tools: readonly AgentTool[];
  readonly instructions: string;
  readonly context: CallContext;
}
