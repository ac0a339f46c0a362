import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { AgentOptions, ConnectorSource } from "../options/agent-options.js";
import { createSession } from "../session/create-session.js";
import { createTools } from "../tools/create-tools.js";
import { createServer } from "./create-server.js";

/** Options of `serveStdio`. */
export interface StdioOptions extends AgentOptions {
  /**
   * Names the conversation that the process serves: writes of a process with the same name get the same idempotency keys, so that one
   * that was repeated after a restart is applied once. @default a name of this process alone
   */
  readonly conversation?: string | undefined;
}

/**
 * Serves a connector over stdin and stdout, as clients start it on their own machine. Resolves when the client has left. Nothing else may
 * write to stdout. Throws ConfigurationError for a missing credential and for a pattern of `allow` that matches nothing.
 */
export async function serveStdio(source: ConnectorSource, options: StdioOptions): Promise<void> {
  const session = createSession(options.conversation ?? crypto.randomUUID(), options);
  const server = createServer(createTools(source, options), session);
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.once("end", () => void server.close());
  });
  await server.connect(new StdioServerTransport());
  await closed;
}
