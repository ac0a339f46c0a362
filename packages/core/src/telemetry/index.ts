export type {
  CallsSnapshot,
  CallsWindow,
  ConnectorSnapshot,
  DeliveriesSnapshot,
  Freshness,
  LimitUsage,
  QuotaSnapshot,
  TelemetrySnapshot,
  TimesSnapshot,
  WebhookSnapshot,
} from "./snapshot.js";
export type { TelemetryStore } from "./state-text.js";
export { type SnapshotOptions, type Telemetry, type TelemetryOptions, telemetry } from "./telemetry.js";
export { type Alert, type AlertKind, type ThresholdOptions, type ThresholdWatch, thresholds } from "./thresholds.js";
