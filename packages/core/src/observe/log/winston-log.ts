import type { Observer } from "../../client/observer.js";
import { createObserver } from "../trace/create-observer.js";
import { type LogLevel, type LogOptions, logHooks } from "./log-line.js";

/** A logger of winston, or of anything that takes one entry with level and message. */
export interface WinstonLike {
  log(entry: { readonly level: LogLevel; readonly message: string; readonly [field: string]: unknown }): unknown;
}

/** Writes one line for each call and each webhook to a logger of winston: its fields are properties of the entry. */
export function winstonLog(logger: WinstonLike, options: LogOptions = {}): Observer {
  return createObserver(
    logHooks(options, ({ level, message, fields }) => {
      logger.log({ ...fields, level, message });
    }),
  );
}
