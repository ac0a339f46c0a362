import { OWN_ENTRIES, STRATEGY_NAMES } from "../write/write-strategies.js";

const errorNames = [
  ...["ApiError", "BadRequestError", "AuthenticationError", "PermissionDeniedError", "NotFoundError"],
  ...["ConflictError", "UnprocessableEntityError", "RateLimitError", "InternalServerError"],
];
const errorTypes = errorNames.map((name) => {
  const type = name === "ApiError" ? "OtherStatusError" : name;
  return `export interface ${type}<Body = unknown> {\n  readonly name: "${name}";\n  readonly body: Body;\n}\n`;
});

const types = `
export interface CallOptions {
  signal?: AbortSignal;
  headers?: Record<string, string>;
  deadlineMs?: number;
}
export interface PaginateOptions extends CallOptions {
  maxPages?: number;
}
export interface AccountCallOptions extends CallOptions {
  account?: string;
}
export interface AccountPaginateOptions extends PaginateOptions {
  account?: string;
}
export interface Reopenable {
  open(): AsyncIterable<Uint8Array>;
}
${errorTypes.join("")}
export interface AnyApiError<Body = unknown, Without extends string = never> {
  readonly name: Exclude<${errorNames.map((name) => `"${name}"`).join(" | ")}, Without>;
  readonly body: Body;
}
export type ProviderFacts = Readonly<Record<string, unknown>>;
export type Strategies = Readonly<Record<string, unknown>>;
export interface Connector<Paths> {
  readonly paths: Paths;
}
`;

const pathTypes = `
type Args<E> = E extends { args: infer A extends unknown[] } ? A : never;
type Field<E, K extends string> = E[K & keyof E];
export interface PathMethod<E, Data = Field<E, "data">> {
  (...args: Args<E>): Promise<{ readonly data: Data }>;
}
export type PathList<E> = (...args: Args<E>) => AsyncIterable<Field<E, "item">>;
export declare function pathClient<ByPath extends object>(client: object): ByPath;
`;

const declareStrategies = (names: readonly string[]) =>
  names.map((name) => `export declare const ${name}: unknown;\n`).join("");

/** The declarations of core's entries besides the first, by their names: `internal`. */
const entries: Readonly<Record<string, string>> = {
  internal: declareStrategies(STRATEGY_NAMES.filter((name) => !(name in OWN_ENTRIES))) + pathTypes,
  ...Object.fromEntries(
    Object.entries(OWN_ENTRIES).map(([name, entry]) => [
      entry.replace("@connectry/core/", ""),
      declareStrategies([name]),
    ]),
  ),
};

const exportsOfCore = Object.fromEntries([
  [".", { types: "./index.d.ts" }],
  ...Object.keys(entries).map((name) => [`./${name}`, { types: `./${name}.d.ts` }]),
]);

/**
 * What generated files and core's declarations name of the platform. Reading all declarations of the DOM would take longer than
 * checking most clients.
 */
export const GLOBALS = `
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
}
interface Blob {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  slice(start?: number, end?: number, type?: string): Blob;
  text(): Promise<string>;
}
interface ReadableStream<R = any> {
  readonly locked: boolean;
  cancel(reason?: unknown): Promise<void>;
  pipeTo(destination: { readonly write: (chunk: R) => unknown }): Promise<void>;
}
`;

/**
 * What generated files import from @connectry/core, as the files of a package. Generated files are checked with these
 * declarations, because core may not be installed where the generator runs. The shape of facts is not repeated here: they are
 * typed by core's own `ProviderFacts` when they are collected.
 */
export const CORE_FILES: Readonly<Record<string, string>> = {
  "package.json": JSON.stringify({ type: "module", exports: exportsOfCore }),
  "index.d.ts": types,
  ...Object.fromEntries(Object.entries(entries).map(([name, text]) => [`${name}.d.ts`, text])),
};
