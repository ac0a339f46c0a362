import type { Observer } from "../../client/observer.js";
import { createObserver } from "../trace/create-observer.js";
import { type LogLevel, type LogOptions, logHooks } from "./log-line.js";

/** Options of `consoleLog`. */
export interface ConsoleLogOptions extends LogOptions {
  /** Lines of a lower level are left out. @default "info" */
  readonly minLevel?: LogLevel | undefined;
  /** Writes each line as JSON, for a collector of logs, instead of a sentence. @default false */
  readonly json?: boolean | undefined;
  /** @default the platform's `console` */
  readonly console?: Pick<Console, LogLevel> | undefined;
}

const levels: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** Prints one line for each call and each webhook. Lines contain names, numbers and ids, and nothing of what was sent or received. */
export function consoleLog({ minLevel = "info", json = false, ...options }: ConsoleLogOptions = {}): Observer {
  return createObserver(
    logHooks(options, ({ level, message, fields }) => {
      if (levels.indexOf(level) < levels.indexOf(minLevel)) return;
      // Read for each line, because tests and collectors of logs replace it.
      const { console = globalThis.console } = options;
      console[level](json ? JSON.stringify({ level, message, ...fields }) : message);
    }),
  );
}
