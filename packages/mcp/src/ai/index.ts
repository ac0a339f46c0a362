export type {
  AgentOptions,
  ApprovalRequest,
  Approve,
  Budget,
  ConnectorSource,
  PricedOperation,
  ProviderSource,
  RequestPreview,
} from "../options/agent-options.js";
export { type AiToolsOptions, toAiTools } from "./to-ai-tools.js";
