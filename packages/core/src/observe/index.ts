export type { AttemptSpan, CallSpan, Observer, ObserverHooks } from "../client/observer.js";
export type {
  AttemptRecord,
  CallRecord,
  CallStart,
  ClientRecord,
  DeliveryRecord,
  FailureRecord,
  QuotaRecord,
} from "../pipeline/call-record.js";
export { type ConsoleLogOptions, consoleLog } from "./log/console-log.js";
export type { LogFields, LogLevel, LogOptions } from "./log/log-line.js";
export { type PinoLike, pinoLog } from "./log/pino-log.js";
export { type WinstonLike, winstonLog } from "./log/winston-log.js";
export { createObserver } from "./trace/create-observer.js";
