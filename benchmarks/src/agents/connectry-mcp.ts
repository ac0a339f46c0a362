import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type Fake, type Measured, type ProviderId, questions, tokensOf, tokensOfResult } from "./question.ts";

/** Imports a package that was installed from its tarball. */
// biome-ignore lint/suspicious/noExplicitAny: a package of the folder of tarballs has no declarations here
export type ImportInstalled = (name: string) => Promise<any>;

/** @connectry/mcp from its tarball, called by the official client. */
export async function connectryMcp(
  id: ProviderId,
  document: object,
  { fake, installed }: { fake: Fake; installed: ImportInstalled },
): Promise<Measured> {
  const { mcpHandler } = await installed("@connectry/mcp");
  const { createConnector, allStrategies } = await installed("@connectry/core");
  const { profile, facts } = await installed(`@connectry/${id}`);
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
    tokensOfResult(await client.callTool({ name: "call_operation", arguments: { ...given, ...more } }));
  const measured = {
    tools: tools.length,
    list: tokensOf(tools),
    whole: await call({}),
    selected: await call({ select }),
  };
  await client.close();
  return measured;
}
