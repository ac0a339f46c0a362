import { mkdir, readFile, writeFile } from "node:fs/promises";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { transform } from "esbuild";
import { getToolsFromOpenApi } from "openapi-mcp-generator/dist/api.js";
import { run } from "../installed/run.ts";
import { type Fake, type Measured, type ProviderId, questions, tokensOf, tokensOfResult } from "./question.ts";

const command = new URL("../../node_modules/openapi-mcp-generator/bin/openapi-mcp-generator.js", import.meta.url);

/** Its hook for a credential of one's own, since GitHub's document asks for none. */
const auth = `export async function applyCustomAuth({ headers }) {
  headers.authorization = "Bearer benchmark";
  return true;
}
`;

/**
 * openapi-mcp-generator writes a server in TypeScript. It is generated into `folder`, where it finds its dependencies, compiled by
 * esbuild, because its own build only checks the types besides, started over stdio, and asked the same by the official client.
 */
export async function openapiMcpGenerator(
  id: ProviderId,
  file: string,
  { fake, folder }: { fake: Fake; folder: string },
): Promise<Measured> {
  const tools = await getToolsFromOpenApi(file, { dereference: true });
  const { method, path, query, ...rest } = questions[id];
  const tool = tools.find((one) => one.method.toUpperCase() === method && one.pathTemplate === path);
  if (tool === undefined) throw new Error(`no tool for ${method} ${path}`);
  await mkdir(folder, { recursive: true });
  const args = ["--input", file, "--output", folder, "--base-url", fake.url, "--custom-auth", "--force"];
  await run(process.execPath, [command.pathname, ...args], folder);
  const { code } = await transform(await readFile(`${folder}/src/index.ts`, "utf8"), { loader: "ts", format: "esm" });
  await writeFile(`${folder}/index.js`, code);
  await writeFile(`${folder}/auth.js`, auth);
  const client = new Client({ name: "benchmark", version: "1" });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: ["index.js"], cwd: folder, stderr: "ignore" }),
  );
  const given = { ...query, ...("params" in rest && rest.params) };
  const result = await client.callTool({ name: tool.name, arguments: given });
  await client.close();
  // It does not mark the provider's errors as errors.
  if (!JSON.stringify(result).includes("(Status: 200)"))
    throw new Error(`a call failed: ${JSON.stringify(result).slice(0, 300)}`);
  const whole = tokensOfResult(result);
  return { tools: tools.length, list: tokensOf(tools), whole };
}
