import { ConfigurationError } from "@connectry/core";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import type { AgentOptions, ConnectorSource } from "../options/agent-options.js";
import { createSession, type Session } from "../session/create-session.js";
import { createTools } from "../tools/create-tools.js";
import { createServer } from "./create-server.js";
import { createSessionStore } from "./session-store.js";

/** Options of `mcpHandler`. */
export interface McpHandlerOptions extends AgentOptions {
  /**
   * Whether a client has a session, with a budget of its own and a stream on which the user can be asked. Without, each request is on
   * its own, so that any process can serve it; budgets and repeats of writes are then those of `identify`. @default true
   */
  readonly sessions?: boolean | undefined;
  /**
   * Who sent a request, such as the subject of the token that your OAuth verified. A session then belongs to whom it was opened by.
   * Required for writes where there are no sessions. @default everybody who has the id of a session
   */
  readonly identify?: ((request: Request) => string | Promise<string>) | undefined;
  /** How long a session is kept that is not used. Milliseconds. @default 1_800_000 (half an hour) */
  readonly idleMs?: number | undefined;
  /** How many sessions there are at most: the one that was used longest ago ends. @default 1_000 */
  readonly maxSessions?: number | undefined;
  /** Replaces the system clock, for tests. */
  readonly now?: (() => number) | undefined;
}

interface OpenSession {
  readonly server: Server;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly owner: string | undefined;
}

const sessionHeader = "mcp-session-id";
const halfAnHourMs = 1_800_000;

/** An error of JSON-RPC, as the transport itself responds. */
function errorResponse(status: number, message: string): Response {
  return Response.json({ jsonrpc: "2.0", error: { code: -32_000, message }, id: null }, { status });
}

/**
 * Creates a handler that serves a connector over MCP's streamable HTTP: for a route behind your own authentication, since a request that reaches
 * it calls with the connector's credential. Throws ConfigurationError for a pattern of `allow` that matches nothing.
 */
export function mcpHandler(
  source: ConnectorSource,
  options: McpHandlerOptions,
): (request: Request) => Promise<Response> {
  const {
    sessions = true,
    identify,
    idleMs = halfAnHourMs,
    maxSessions = 1_000,
    now = () => performance.now(),
  } = options;
  const tools = createTools(source, options);
  const hasWrites = tools.context.catalog.operations.some(({ isAllowed, safety }) => isAllowed && safety !== "safe");
  if (!sessions && hasWrites && identify === undefined)
    throw new ConfigurationError(
      "mcpHandler: without `sessions` writes need `identify`, by which a repeat of a write is recognized.",
    );
  const limits = { maxSessions, idleMs, now };
  const open = createSessionStore<OpenSession>({ ...limits, onEvict: ({ server }) => void server.close() });
  const states = createSessionStore<Session>({ ...limits, onEvict: () => {} });

  const handleAlone = async (request: Request, owner: string | undefined): Promise<Response> => {
    const conversation = owner ?? "anonymous";
    const session = states.get(conversation) ?? createSession(conversation, options);
    states.set(conversation, session);
    const server = createServer(tools, session);
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await server.connect(transport);
    try {
      return await transport.handleRequest(request);
    } finally {
      void server.close();
    }
  };

  const openSession = async (request: Request, owner: string | undefined): Promise<Response> => {
    const id = crypto.randomUUID();
    const server = createServer(tools, createSession(`${owner ?? ""} ${id}`, options));
    const transport: WebStandardStreamableHTTPServerTransport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      onsessioninitialized: () => open.set(id, { server, transport, owner }),
      onsessionclosed: () => open.delete(id),
    });
    await server.connect(transport);
    const response = await transport.handleRequest(request);
    // It was no request to open one.
    if (open.get(id) === undefined) void server.close();
    return response;
  };

  return async function handleMcp(request) {
    const owner = await identify?.(request);
    if (!sessions) return handleAlone(request, owner);
    const id = request.headers.get(sessionHeader);
    if (id === null) return openSession(request, owner);
    const session = open.get(id);
    // The same response for both, so that nobody learns which ids there are.
    if (session === undefined || session.owner !== owner) return errorResponse(404, "Session not found");
    return session.transport.handleRequest(request);
  };
}
