import type { CallInit } from "@connectry/core";

/** The arguments of a call, as an agent passes them. */
export interface CallArguments {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** The parts of the response that are wanted. */
  readonly select: readonly string[];
  /** What leads to a page: the `next` of the page before it. */
  readonly cursor: string | number | undefined;
  /** Names a write: the same id is the same write. */
  readonly callId: string | undefined;
  readonly dryRun: boolean;
  readonly maxTokens: number | undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const names = ["path", "query", "headers", "body", "select", "cursor", "callId", "dryRun", "maxTokens"];

/** Reads the arguments of a call. Throws an Error that says what is wrong, for an agent. */
export function readArguments(given: Readonly<Record<string, unknown>>): CallArguments {
  const unknown = Object.keys(given).filter((name) => !names.includes(name) && name !== "operation");
  if (unknown.length > 0)
    throw new Error(
      `unknown argument ${unknown.map((name) => JSON.stringify(name)).join(", ")}: there are ${names.join(", ")}`,
    );
  const group = (name: "path" | "query" | "headers") => {
    const value = given[name] ?? {};
    if (isRecord(value)) return value;
    throw new Error(`${name} must be an object with a value for each parameter`);
  };
  const { body, select: paths = [], cursor, callId, dryRun = false, maxTokens } = given;
  const list = typeof paths === "string" ? [paths] : paths;
  if (!Array.isArray(list) || list.some((one) => typeof one !== "string"))
    throw new Error('select must be a list of paths, such as ["data[*].id"]');
  if (cursor !== undefined && typeof cursor !== "string" && typeof cursor !== "number")
    throw new Error("cursor must be the `next` of an earlier page");
  if (callId !== undefined && (typeof callId !== "string" || callId === "" || callId.length > 200))
    throw new Error("callId must be a text of 1 to 200 characters");
  if (typeof dryRun !== "boolean") throw new Error("dryRun must be true or false");
  if (maxTokens !== undefined && !(typeof maxTokens === "number" && maxTokens >= 50))
    throw new Error("maxTokens must be a number from 50 on");
  return {
    path: group("path"),
    query: group("query"),
    headers: group("headers"),
    body,
    select: list as string[],
    cursor,
    callId,
    dryRun,
    maxTokens,
  };
}

/** The arguments in the form in which a connector takes them. */
export function toCallInit({ path, query, headers, body }: CallArguments): CallInit {
  return { params: { path, query, header: headers }, ...(body !== undefined && { body }) };
}
