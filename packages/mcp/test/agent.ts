import type { AnyConnector } from "@connectry/core";
import type { AgentOptions, Approve } from "../src/options/agent-options.js";
import { createSession } from "../src/session/create-session.js";
import { createTools } from "../src/tools/create-tools.js";
import type { ToolResult } from "../src/tools/tool.js";
import { shopDocument } from "./shop.js";

/** An agent that calls tools without a protocol. */
export interface Agent {
  readonly names: readonly string[];
  call(tool: string, given?: object, signal?: AbortSignal): Promise<ToolResult>;
}

/** Creates an agent with a session of its own. */
export function createAgent(
  connector: AnyConnector,
  options: Partial<AgentOptions> & { readonly conversation?: string; readonly elicit?: Approve } = {},
): Agent {
  const { conversation = "a conversation", elicit, ...rest } = options;
  const { tools } = createTools(connector, { document: shopDocument, ...rest });
  const session = createSession(conversation, rest);
  return {
    names: tools.map(({ name }) => name),
    async call(name, given = {}, signal = new AbortController().signal) {
      const tool = tools.find((one) => one.name === name);
      if (tool === undefined) throw new Error(`no tool ${name}: there are ${tools.map((one) => one.name).join(", ")}`);
      return tool.run(given as Record<string, unknown>, { session, signal, elicit });
    },
  };
}

/** The data that a result marks. */
export function dataOf({ text }: ToolResult): Record<string, unknown> {
  const [, json = "null"] = /<data [^>]*>\n(.*)\n<\/data>$/s.exec(text) ?? [];
  return JSON.parse(json);
}
