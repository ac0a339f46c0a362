import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigurationError } from "@connectry/core";
import { isObject } from "../json/json-object.js";
import type { RecordedBody } from "./recorded-body.js";

/** What identifies a request: two with the same members are the same request. */
export interface RecordedCall extends RecordedBody {
  /** Method and path template: `GET /v1/customers/{customer}`. */
  readonly operation: string;
  readonly method: string;
  /** At the provider's own address, without its query. */
  readonly url: string;
  /** By name; a list where a name is repeated. */
  readonly query?: Readonly<Record<string, unknown>>;
  /** Those of the option `matchHeaders`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A response as it arrived, without what differs between two equal responses. */
export interface RecordedResponse extends RecordedBody {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The connection was lost after this much of a stream: it is lost there again. */
  readonly isCut?: true;
}

/** A request, and its responses in the order in which it was sent: attempts of one call, or equal calls. */
export interface Recording {
  readonly request: RecordedCall;
  readonly responses: readonly RecordedResponse[];
}

function sortMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortMembers);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sortMembers(member)]),
  );
}

/** The same text for equal requests, whatever the order of their members. */
export function keyOf(request: RecordedCall): string {
  const { url, method, ...rest } = request;
  return JSON.stringify([url, method, sortMembers(rest)]);
}

/** Reads a file of recordings; undefined where it does not exist. Throws ConfigurationError where it is something else. */
export function readRecordings(file: string): readonly Recording[] | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const { version, recordings } = JSON.parse(readFileSync(file, "utf8"));
    if (version === 1 && Array.isArray(recordings)) return recordings;
  } catch (cause) {
    throw new ConfigurationError(`${file} is not JSON: record it again with CONNECTRY_RECORD=1`, { cause });
  }
  throw new ConfigurationError(`${file} is not a file of recordings: record it again with CONNECTRY_RECORD=1`);
}

/** Writes recordings in the order of their requests, so that the same requests give the same file, however they overlapped. */
export function writeRecordings(file: string, recordings: readonly Recording[]): void {
  const sorted = [...recordings].sort((one, other) => (keyOf(one.request) < keyOf(other.request) ? -1 : 1));
  mkdirSync(dirname(file), { recursive: true });
  // A reader never sees half a file.
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify({ version: 1, recordings: sorted }, null, 2)}\n`);
  renameSync(unfinished, file);
}
