import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import {
  type Fake,
  type Measured,
  type ProviderId,
  questions,
  type Tool,
  tokensOf,
  tokensOfResult,
} from "./question.ts";

/** What is used of @ivotoby/openapi-mcp-server, whose declarations TypeScript does not find. */
interface OpenapiMcpServerPackage {
  readonly ToolsManager: new (
    config: object,
  ) => {
    initialize(): Promise<void>;
    getAllTools(): readonly Tool[];
    getToolsWithIds(): readonly (readonly [id: string, tool: Tool])[];
  };
  readonly OpenAPIServer: new (config: object) => { start(transport: InMemoryTransport): Promise<void> };
}
const peer = "@ivotoby/openapi-mcp-server";

/** @ivotoby/openapi-mcp-server, started, and asked the same by the official client. */
export async function openapiMcpServer(id: ProviderId, file: string, fake: Fake): Promise<Measured> {
  const config = {
    name: "benchmark",
    version: "1",
    apiBaseUrl: fake.url,
    openApiSpec: file,
    specInputMethod: "file" as const,
    transportType: "stdio" as const,
    toolsMode: "all" as const,
    headers: { authorization: "Bearer benchmark" },
  };
  const { ToolsManager, OpenAPIServer } = (await import(peer)) as OpenapiMcpServerPackage;
  const manager = new ToolsManager(config);
  await manager.initialize();
  const { method, path, query, ...rest } = questions[id];
  // An id of a tool is the method and the path, without its braces.
  const wordsOf = (text: string) => text.split(/[^A-Za-z0-9]+/).join(" ");
  const found = manager
    .getToolsWithIds()
    .find(([toolId]) => wordsOf(toolId).trim() === wordsOf(`${method} ${path}`).trim());
  const tool = found?.[1];
  if (tool === undefined) throw new Error(`no tool for ${method} ${path}`);
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  await new OpenAPIServer(config).start(serverSide);
  const client = new Client({ name: "benchmark", version: "1" });
  await client.connect(clientSide);
  // The official client rejects its list of GitHub's tools, of which some have an input that is not an object.
  const tools = manager.getAllTools();
  const given = { ...query, ...("params" in rest && rest.params) };
  const whole = tokensOfResult(await client.callTool({ name: tool.name, arguments: given }));
  await client.close();
  return { tools: tools.length, list: tokensOf(tools), whole };
}
