import type { Observer } from "../../client/observer.js";
import { createObserver } from "../trace/create-observer.js";
import { type LogFields, type LogLevel, type LogOptions, logHooks } from "./log-line.js";

/** A logger of pino, or of anything that takes fields and a message in this order. */
export type PinoLike = { readonly [Level in LogLevel]: (fields: LogFields, message: string) => void };

/** Writes one line for each call and each webhook to a logger of pino: its fields are properties of the line. */
export function pinoLog(logger: PinoLike, options: LogOptions = {}): Observer {
  return createObserver(logHooks(options, ({ level, message, fields }) => logger[level](fields, message)));
}
