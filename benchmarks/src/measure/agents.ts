import { mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { connectryMcp } from "../agents/connectry-mcp.ts";
import { openapiMcpGenerator } from "../agents/openapi-mcp-generator.ts";
import { openapiMcpServer } from "../agents/openapi-mcp-server.ts";
import type { Fake, Measured } from "../agents/question.ts";
import { installAgents } from "../installed/tarballs.ts";
import { figure } from "../report/format.ts";
import { atMost } from "../report/goal.ts";
import type { Bench, Row } from "../report/section.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const scratch = fileURLToPath(new URL("../../node_modules/.cache/agents", import.meta.url));
const maxTools = 1_000;
const maxAnswer = 4_000;

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

function rowOf(name: string, { tools, list, whole, selected }: Measured, isOurs: boolean): Row {
  const cells = [tools, list, whole, selected].map((value) => (value === undefined ? "" : figure(value)));
  const goals = isOurs
    ? [
        atMost(maxTools, {
          target: `list of tools <= ${figure(maxTools)} tokens`,
          measured: figure(list),
          value: list,
        }),
        atMost(maxAnswer, {
          target: `a result <= ${figure(maxAnswer)} tokens`,
          measured: figure(whole ?? 0),
          value: whole ?? 0,
        }),
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
    // The documents are read by the repository's command; what is measured comes from tarballs.
    const { loadDocuments } = await import(`${root}/packages/codegen/dist/index.js`);
    const home = createRequire(await installAgents(["stripe", "github"]));
    const installed = (name: string) => import(pathToFileURL(home.resolve(name)).href);
    const { fakeProvider } = await installed("@connectry/testing");
    const rows: Row[] = [];
    for (const id of ["stripe", "github"] as const) {
      const [{ json }] = await loadDocuments(id, { specs: `${root}/specs` });
      const { profile, facts } = await installed(`@connectry/${id}`);
      const file = `${scratch}/${id}.json`;
      await writeFile(file, JSON.stringify(json));
      const fake: Fake = await fakeProvider({ document: json, profile, facts });
      rows.push(rowOf(`${id}: @connectry/mcp`, await connectryMcp(id, json, { fake, installed }), true));
      const server = await quietly(() => openapiMcpServer(id, file, fake));
      rows.push(rowOf(`${id}: @ivotoby/openapi-mcp-server`, server, false));
      const generator = await openapiMcpGenerator(id, file, { fake, folder: `${scratch}/${id}` });
      rows.push(rowOf(`${id}: openapi-mcp-generator`, generator, false));
      await fake.close();
    }
    return {
      title: "Tools of agents: tokens",
      how:
        "Tokens by the tokenizer o200k_base. The list of tools is that of `tools/list`: names, descriptions and input schemas. A result " +
        "is what a call of a list of twenty returns over a fake of the provider (customers, issues), as it comes and with `select` for two " +
        "members of each item: ours is cut to 4,000 tokens by its own estimate, and says what it left out. openapi-mcp-generator's is that " +
        "of the server that it writes, started.",
      columns: ["tools", "list of tools", "a result", "with `select`"],
      rows,
    };
  },
};
