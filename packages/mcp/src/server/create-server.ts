import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from "@modelcontextprotocol/sdk/types.js";
import manifest from "../../package.json" with { type: "json" };
import type { Session } from "../session/create-session.js";
import type { AgentTool, ToolSet } from "../tools/tool.js";
import { elicitApproval } from "./elicit-approval.js";

/** Creates the MCP server of one session. It is not connected yet. */
export function createServer({ tools, instructions, context }: ToolSet, session: Session): Server {
  const server = new Server(
    { name: `connectry-${context.parts.profile.id}`, version: manifest.version },
    { capabilities: { tools: {} }, instructions },
  );
  const byName = new Map<string, AgentTool>(tools.map((tool) => [tool.name, tool]));
  const listed = tools.map(({ name, description, inputSchema, annotations }) => ({
    name,
    description,
    inputSchema: inputSchema as { type: "object" },
    annotations: { ...annotations },
  }));
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listed }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, requestId }) => {
    const tool = byName.get(params.name);
    if (tool === undefined) throw new McpError(ErrorCode.InvalidParams, "there is no tool of this name");
    const caller = { session, signal, elicit: elicitApproval(server, requestId) };
    const { text, isError } = await tool.run(params.arguments ?? {}, caller);
    return { content: [{ type: "text", text }], isError };
  });
  return server;
}
