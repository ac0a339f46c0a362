import { fileURLToPath } from "node:url";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { type ConnectOptions, createClient } from "./connect-client.js";

const repository = new URL("../../../", import.meta.url);

/** A client of a process of the `connectry` command. */
export interface StdioSession {
  readonly client: Client;
  /** What the process wrote to stderr. */
  readonly stderr: () => string;
}

/** Starts the built `connectry mcp` in a process of its own, and connects the official client to it. */
export async function connectStdio(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: ConnectOptions = {},
): Promise<StdioSession> {
  const inherited = ["PATH", "HOME", "CONNECTRY_DOCUMENTS", "CONNECTRY_CACHE", "XDG_CACHE_HOME"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [fileURLToPath(new URL("packages/codegen/bin/connectry.js", repository)), "mcp", ...args],
    env: { ...Object.fromEntries(inherited), ...env },
    // From here the package finds itself by its name.
    cwd: fileURLToPath(new URL("packages/mcp/", repository)),
    stderr: "pipe",
  });
  let stderr = "";
  transport.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const client = createClient(options);
  await client.connect(transport).catch((cause: Error) => {
    throw new Error(`connectry mcp ended: ${stderr}`, { cause });
  });
  return { client, stderr: () => stderr };
}
