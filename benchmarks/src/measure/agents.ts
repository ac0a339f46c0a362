import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { getToolsFromOpenApi } from "openapi-mcp-generator/dist/api.js";
import { figure } from "../report/format.ts";
import type { Bench, Row } from "../report/section.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const built = (name: string, file = "index") => import(`${root}/packages/${name}/dist/${file}.js`);
const scratch = fileURLToPath(new URL("../../node_modules/.cache/agents", import.meta.url));
const maxTools = 1_000;
const maxAnswer = 4_000;

/** What agents ask the providers whose documents are measured: a list of twenty, and the members of it that they need. */
const questions = {
  stripe: { method: "GET", path: "/v1/customers", query: { limit: 20 }, select: ["data[*].id", "data[*].email"] },
  github: {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues",
    params: { owner: "octocat", repo: "hello" },
    query: { per_page: 20 },
    select: ["[*].number", "[*].title"],
  },
} as const;

interface Tool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: unknown;
}
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

type Fake = { readonly url: string; close(): Promise<void> };

/** The tokens of a list of tools, as a model is given it. */
const tokensOf = (tools: readonly Tool[]) =>
  countTokens(JSON.stringify(tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))));

const textOf = (result: object) =>
  (result as { content: readonly { text?: string }[] }).content.map(({ text = "" }) => text).join("\n");

/** Runs something whose packages print to the console for each reference that they do not find. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { warn, error, log } = console;
  Object.assign(console, { warn() {}, error() {}, log() {} });
  try {
    return await work();
  } finally {
    Object.assign(console, { warn, error, log });
  }
}

interface Measured {
  readonly tools: number;
  readonly list: number;
  readonly whole?: number;
  readonly selected?: number;
}

async function ours(id: keyof typeof questions, document: object, fake: Fake): Promise<Measured> {
  const { mcpHandler } = await built("mcp");
  const { createConnector, allStrategies } = await built("core");
  const { profile, facts } = await built(`connectors/${id}`);
  const options = { auth: "benchmark", baseUrl: fake.url };
  const connector = createConnector({ profile, facts, strategies: allStrategies(profile) }, options);
  const handler: (request: Request) => Promise<Response> = mcpHandler(connector, { document, sessions: false });
  const client = new Client({ name: "benchmark", version: "1" });
  const transport = new StreamableHTTPClientTransport(new URL("http://agents.test/mcp"), {
    fetch: (url, init) => handler(new Request(url, init as RequestInit)),
  });
  await client.connect(transport);
  const { tools } = await client.listTools();
  const { method, path, query, select, ...rest } = questions[id];
  const given = { operation: `${method} ${path}`, query, ...("params" in rest && { path: rest.params }) };
  const call = async (more: object) =>
    countTokens(textOf(await client.callTool({ name: "call_operation", arguments: { ...given, ...more } })));
  const measured = {
    tools: tools.length,
    list: tokensOf(tools),
    whole: await call({}),
    selected: await call({ select }),
  };
  await client.close();
  return measured;
}

/** @ivotoby/openapi-mcp-server, started, and asked the same by the official client. */
async function openapiMcpServer(id: keyof typeof questions, file: string, fake: Fake): Promise<Measured> {
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
  const whole = countTokens(textOf(await client.callTool({ name: tool.name, arguments: given })));
  await client.close();
  return { tools: tools.length, list: tokensOf(tools), whole };
}

/** openapi-mcp-generator writes a server: its list is what the generator takes from the document. */
async function openapiMcpGenerator(file: string): Promise<Measured> {
  const tools: readonly Tool[] = await getToolsFromOpenApi(file, { dereference: true });
  return { tools: tools.length, list: tokensOf(tools) };
}

function rowOf(name: string, { tools, list, whole, selected }: Measured, isOurs: boolean): Row {
  const cells = [tools, list, whole, selected].map((value) => (value === undefined ? "" : figure(value)));
  const goals = isOurs
    ? [
        { target: `list of tools <= ${figure(maxTools)} tokens`, measured: figure(list), met: list <= maxTools },
        {
          target: `a result <= ${figure(maxAnswer)} tokens`,
          measured: figure(whole ?? 0),
          met: (whole ?? 0) <= maxAnswer,
        },
      ]
    : [];
  return { name, cells, goals };
}

/** What an agent pays for the tools of a large API, and for one result. */
export const agents: Bench = {
  name: "agents",
  async run() {
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch, { recursive: true });
    const { loadDocuments } = await built("codegen");
    const { fakeProvider } = await built("testing");
    const rows: Row[] = [];
    for (const id of ["stripe", "github"] as const) {
      const [{ json }] = await loadDocuments(id, { specs: `${root}/specs` });
      const { profile, facts } = await built(`connectors/${id}`);
      const file = `${scratch}/${id}.json`;
      await writeFile(file, JSON.stringify(json));
      const fake: Fake = await fakeProvider({ document: json, profile, facts });
      rows.push(rowOf(`${id}: @connectry/mcp`, await ours(id, json, fake), true));
      const server = await quietly(() => openapiMcpServer(id, file, fake));
      rows.push(rowOf(`${id}: @ivotoby/openapi-mcp-server`, server, false));
      const generator = await quietly(() => openapiMcpGenerator(file));
      rows.push(rowOf(`${id}: openapi-mcp-generator`, generator, false));
      await fake.close();
    }
    return {
      title: "Tools of agents: tokens",
      how:
        "Tokens by the tokenizer o200k_base. The list of tools is that of `tools/list`: names, descriptions and input schemas. A result " +
        "is what a call of a list of twenty returns over a fake of the provider (customers, issues), as it comes and with `select` for two " +
        "members of each item: ours is cut to 4,000 tokens by its own estimate, and says what it left out. openapi-mcp-generator writes a " +
        "server, of which only the list is measured.",
      columns: ["tools", "list of tools", "a result", "with `select`"],
      rows,
    };
  },
};
