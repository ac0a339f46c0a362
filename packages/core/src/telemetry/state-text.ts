import { ConfigurationError } from "../errors/connectry-error.js";
import type { TelemetryState } from "./telemetry-state.js";

// Another format has another number: what an older process wrote is then left out, and not misread.
const version = 1;

/** A state as the text that processes share: maps are lists of pairs. */
export function formatState(state: TelemetryState): string {
  return JSON.stringify({ version, state }, (_, value: unknown) =>
    value instanceof Map ? { map: [...value] } : value,
  );
}

/** Parses a state; undefined where the text is not one of this format. */
export function parseState(text: string): TelemetryState | undefined {
  try {
    const parsed = JSON.parse(text, (_, value: unknown) => {
      const { map } = Object(value) as { readonly map?: unknown };
      return Array.isArray(map) ? new Map(map as [unknown, unknown][]) : value;
    }) as { readonly version?: unknown; readonly state?: TelemetryState };
    if (parsed.version !== version || !(parsed.state?.connectors instanceof Map)) return undefined;
    return parsed.state;
  } catch {
    return undefined;
  }
}

/** Where processes put what they counted, so that each can show all of it: `redisTelemetry()` of `@connectry/core/redis`. */
export interface TelemetryStore {
  /** Puts the text of this process in place of its last one. */
  publish(text: string): Promise<void>;
  /** The texts of all processes, this one included once it published. */
  read(): Promise<readonly string[]>;
}

/** Throws where a store is missing. */
export function requireStore(store: TelemetryStore | undefined): TelemetryStore {
  if (store) return store;
  throw new ConfigurationError("telemetry: pass `store` to share with other processes.");
}
