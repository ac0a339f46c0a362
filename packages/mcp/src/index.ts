export type {
  AgentOptions,
  ApprovalRequest,
  Approve,
  Budget,
  ConnectorSource,
  PricedOperation,
  ProviderSource,
  RequestPreview,
} from "./options/agent-options.js";
export { type McpHandlerOptions, mcpHandler } from "./server/mcp-handler.js";
export { type StdioOptions, serveStdio } from "./server/serve-stdio.js";
