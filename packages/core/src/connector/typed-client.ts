import type { CacheHandle } from "../cache/cache-options.js";
import type { CallFailure } from "../errors/call-failure.js";
import type { Reply } from "../pipeline/reply.js";
import type { AnyConnector } from "./to-fetch.js";

// These two forms are what keeps a program cheap to check: an index of the operation asked for, and nothing computed
// over all of them. Near variants cost twenty times as much, so measure (scripts/budgets) before touching them.
type Field<E, K extends string> = E[K & keyof E];
type Args<E> = Field<E, "args"> extends infer T extends unknown[] ? T : never;

/** What a generated index looks like: paths by method, and the lists that can be walked. */
export interface PathIndex {
  GET: object;
  POST: object;
  PUT: object;
  PATCH: object;
  DELETE: object;
  HEAD: object;
  OPTIONS: object;
  pages: object;
}

/** The methods that a connector calls operations by. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";

/** A call that came to a good end. */
export interface Result<Data> {
  readonly data: Data;
  readonly response: Reply;
}

/** A call that came to an end: `error` is undefined exactly where `data` is given. */
export type SafeResult<Data, ErrorBody> =
  | { readonly data: Data; readonly error?: undefined; readonly response: Reply }
  | {
      readonly data?: undefined;
      readonly error: CallFailure<ErrorBody>;
      /** Undefined where no answer arrived. */
      readonly response: Reply | undefined;
    };

/** Calls that throw their failures. */
export interface ThrowingMethods<E extends PathIndex> {
  GET<P extends keyof E["GET"]>(path: P, ...args: Args<E["GET"][P]>): Promise<Result<Field<E["GET"][P], "data">>>;
  POST<P extends keyof E["POST"]>(path: P, ...args: Args<E["POST"][P]>): Promise<Result<Field<E["POST"][P], "data">>>;
  PUT<P extends keyof E["PUT"]>(path: P, ...args: Args<E["PUT"][P]>): Promise<Result<Field<E["PUT"][P], "data">>>;
  PATCH<P extends keyof E["PATCH"]>(
    path: P,
    ...args: Args<E["PATCH"][P]>
  ): Promise<Result<Field<E["PATCH"][P], "data">>>;
  DELETE<P extends keyof E["DELETE"]>(
    path: P,
    ...args: Args<E["DELETE"][P]>
  ): Promise<Result<Field<E["DELETE"][P], "data">>>;
  HEAD<P extends keyof E["HEAD"]>(path: P, ...args: Args<E["HEAD"][P]>): Promise<Result<undefined>>;
  OPTIONS<P extends keyof E["OPTIONS"]>(
    path: P,
    ...args: Args<E["OPTIONS"][P]>
  ): Promise<Result<Field<E["OPTIONS"][P], "data">>>;
  /** Calls an operation by its constant, which carries the document's text and its deprecation. */
  call<M extends Method, P extends keyof E[M]>(
    operation: { readonly method: M; readonly path: P },
    ...args: Args<E[M][P]>
  ): Promise<Result<Field<E[M][P], "data">>>;
}

/** Calls that return their failures. An abort still rejects with its reason, and a mistake in options throws. */
export interface SafeMethods<E extends PathIndex> {
  GET<P extends keyof E["GET"]>(
    path: P,
    ...args: Args<E["GET"][P]>
  ): Promise<SafeResult<Field<E["GET"][P], "data">, Field<E["GET"][P], "error">>>;
  POST<P extends keyof E["POST"]>(
    path: P,
    ...args: Args<E["POST"][P]>
  ): Promise<SafeResult<Field<E["POST"][P], "data">, Field<E["POST"][P], "error">>>;
  PUT<P extends keyof E["PUT"]>(
    path: P,
    ...args: Args<E["PUT"][P]>
  ): Promise<SafeResult<Field<E["PUT"][P], "data">, Field<E["PUT"][P], "error">>>;
  PATCH<P extends keyof E["PATCH"]>(
    path: P,
    ...args: Args<E["PATCH"][P]>
  ): Promise<SafeResult<Field<E["PATCH"][P], "data">, Field<E["PATCH"][P], "error">>>;
  DELETE<P extends keyof E["DELETE"]>(
    path: P,
    ...args: Args<E["DELETE"][P]>
  ): Promise<SafeResult<Field<E["DELETE"][P], "data">, Field<E["DELETE"][P], "error">>>;
  HEAD<P extends keyof E["HEAD"]>(
    path: P,
    ...args: Args<E["HEAD"][P]>
  ): Promise<SafeResult<undefined, Field<E["HEAD"][P], "error">>>;
  OPTIONS<P extends keyof E["OPTIONS"]>(
    path: P,
    ...args: Args<E["OPTIONS"][P]>
  ): Promise<SafeResult<Field<E["OPTIONS"][P], "data">, Field<E["OPTIONS"][P], "error">>>;
  call<M extends Method, P extends keyof E[M]>(
    operation: { readonly method: M; readonly path: P },
    ...args: Args<E[M][P]>
  ): Promise<SafeResult<Field<E[M][P], "data">, Field<E[M][P], "error">>>;
}

/** Calls whose `data` is the answer's bytes as they arrive: downloads, server-sent events. */
export interface StreamMethods<E extends PathIndex> {
  GET<P extends keyof E["GET"]>(path: P, ...args: Args<E["GET"][P]>): Promise<Result<ReadableStream<Uint8Array>>>;
  POST<P extends keyof E["POST"]>(path: P, ...args: Args<E["POST"][P]>): Promise<Result<ReadableStream<Uint8Array>>>;
  call<M extends Method, P extends keyof E[M]>(
    operation: { readonly method: M; readonly path: P },
    ...args: Args<E[M][P]>
  ): Promise<Result<ReadableStream<Uint8Array>>>;
}

/** A list on its way: items one by one, or `pages()` whole. Each walk starts at the first page. */
export interface Pages<Item, Page> extends AsyncIterable<Item> {
  pages(): AsyncIterable<Page>;
}

/** A typed client of one provider. */
export interface Connector<E extends PathIndex> extends ThrowingMethods<E>, AnyConnector {
  /** The same calls, with the failure in the result. */
  readonly safe: SafeMethods<E>;
  /** The same calls, with the answer as a stream. */
  readonly stream: StreamMethods<E>;
  /** Walks a list to its end, page by page, as far as it is asked for. */
  paginate<P extends keyof E["pages"]>(
    path: P,
    ...args: Args<E["pages"][P]>
  ): Pages<Field<E["pages"][P], "item">, Field<E["pages"][P], "page">>;
  /** Calls answers back. A client without a cache has none to call back. */
  readonly cache: CacheHandle;
}
