import { ConfigurationError } from "../errors/connectry-error.js";
import { boundedMemo } from "../platform/bounded-memo.js";
import { type AnyConnector, internalsOf } from "./internals.js";
import type { Pages, Result, SafeResult } from "./typed-client.js";
import type { ArgsOf, Field } from "./typed-path.js";

/** One operation of a path: `byPath(client)["/v1/charges"].GET()`. It throws its errors. */
export interface PathMethod<E, Data = Field<E, "data">> {
  (...args: ArgsOf<E>): Promise<Result<Data>>;
  /** The same call, with the error in the result. */
  safe(...args: ArgsOf<E>): Promise<SafeResult<Data, Field<E, "error">>>;
  /** The same call, with the response as a stream. */
  stream(...args: ArgsOf<E>): Promise<Result<ReadableStream<Uint8Array>>>;
}

/** The list of a path: `byPath(client)["/v1/charges"].paginate()` iterates over it to its end. */
export type PathList<E> = (...args: ArgsOf<E>) => Pages<Field<E, "item">, Field<E, "page">>;

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;

type Call = (path: string, init?: object) => unknown;
type Calls = Readonly<Record<(typeof methods)[number], Call>>;
type Caller = Calls & { readonly safe: Calls; readonly stream: Calls; readonly paginate: Call };

/** The calls of one path, each bound to it. */
function callsOf(client: Caller, path: string): object {
  const calls = methods.map((method) => {
    const call = (init?: object) => client[method](path, init);
    const safe = (init?: object) => client.safe[method](path, init);
    const stream = (init?: object) => client.stream[method](path, init);
    return [method, Object.freeze(Object.assign(call, { safe, stream }))];
  });
  const paginate = (init?: object) => client.paginate(path, init);
  return Object.freeze({ ...Object.fromEntries(calls), paginate });
}

/**
 * A client as an object of its paths, which are the members that begin with a slash: all that it does is call the methods of the
 * client. The calls of a path are created with its first use. Throws ConfigurationError for a client with the option `unwrap`, because
 * the types of its paths are those of whole responses.
 */
export function pathClient<ByPath extends object>(client: AnyConnector): ByPath {
  const { unwrap, profile } = internalsOf(client);
  if (unwrap)
    throw new ConfigurationError(
      `${profile.name}: the types of paths are those of whole responses: pass a client without \`unwrap\`.`,
    );
  const paths = boundedMemo((path) => callsOf(client as unknown as Caller, path));
  return new Proxy(Object.freeze({}) as ByPath, {
    // Other names are those that a platform looks for, such as `then` where it is awaited.
    get: (_, name) => (typeof name === "string" && name.startsWith("/") ? paths.get(name) : undefined),
  });
}
