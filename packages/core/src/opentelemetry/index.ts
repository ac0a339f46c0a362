export type { OpenTelemetryApi } from "./api.js";
export { type OpenTelemetryOptions, openTelemetry } from "./opentelemetry.js";
