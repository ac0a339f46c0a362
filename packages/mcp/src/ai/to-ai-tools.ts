import { loadPeer } from "@connectry/core/internal";
import type { ToolSet as AiToolSet } from "ai";
import type { AgentOptions, Approve, ConnectorSource } from "../options/agent-options.js";
import { createSession } from "../session/create-session.js";
import { createTools } from "../tools/create-tools.js";

/** Options of `toAiTools`. */
export interface AiToolsOptions extends Omit<AgentOptions, "approve"> {
  /**
   * Approves a write that cannot be taken back; `false` sends what `allow` has without a question. @default such a write is refused
   */
  readonly approve?: Approve | false | undefined;
  /**
   * Names the conversation: the same write of the same conversation gets the same idempotency key, also in another process.
   * @default a name of these tools alone
   */
  readonly conversation?: string | undefined;
}

/**
 * The tools of a connector for the Vercel AI SDK: `generateText({ tools: await toAiTools(stripe, { document, allow }) })`. Budget and
 * writes that are not repeated are those of one conversation, so create them for each.
 * Throws ConfigurationError where the package `ai` is not installed, and for a pattern of `allow` that matches nothing.
 */
export async function toAiTools(source: ConnectorSource, options: AiToolsOptions): Promise<AiToolSet> {
  const { jsonSchema, tool } = await loadPeer({ name: "ai", entry: "@connectry/mcp/ai" }, () => import("ai"));
  const { tools } = createTools(source, options);
  const session = createSession(options.conversation ?? crypto.randomUUID(), options);
  const never = new AbortController().signal;
  return Object.fromEntries(
    tools.map(({ name, description, inputSchema, run }) => [
      name,
      tool({
        description,
        inputSchema: jsonSchema<Record<string, unknown>>(inputSchema),
        execute: async (given, { abortSignal = never }) =>
          (await run(given, { session, signal: abortSignal, elicit: undefined })).text,
      }),
    ]),
  );
}
