import type { AnyApiError, CallFailure } from "../errors/api-errors.js";
import type { Reply } from "../pipeline/reply.js";
import type { PageFacts } from "../provider/facts.js";
import type { CacheHandle } from "./cache-binding.js";
import type { AnyConnector } from "./internals.js";
import type { PageCursor, PaginateOptions } from "./options.js";
import type { CallInit } from "./prepared-call.js";
import type { Args, Field, PathCall } from "./typed-path.js";

/** The form of a generated index: paths by method, and the lists that can be paginated. */
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

/** The index of a client with the option `unwrap`, whose `data` is what the provider's envelope has. */
export type UnwrappedPaths<E extends PathIndex> = {
  [M in keyof E]: M extends Method ? { [P in keyof E[M]]: UnwrappedEntry<E[M][P]> } : E[M];
};

/** An entry of a generated index has `content` where its responses are in the envelope. */
type UnwrappedEntry<T> = T extends { readonly content: infer Content }
  ? { [F in keyof T]: F extends "data" ? Content : T[F] }
  : T;

/** The methods of a connector, one for each HTTP method. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD" | "OPTIONS";

/** The result of a successful call. */
export interface Result<Data> {
  readonly data: Data;
  readonly response: Reply;
}

/**
 * The result of a call: `error` is undefined exactly where `data` is given. `Failure` are the errors of the operation's error
 * responses, each class with its own body.
 */
export type SafeResult<Data, Failure = AnyApiError> =
  | { readonly data: Data; readonly error?: undefined; readonly response: Reply }
  | {
      readonly data?: undefined;
      readonly error: CallFailure<Failure>;
      /** Undefined where no response arrived. */
      readonly response: Reply | undefined;
    };

/** Calls that throw their errors. */
export interface ThrowingMethods<E extends PathIndex> {
  GET<P extends keyof E["GET"]>(...call: PathCall<E["GET"], P>): Promise<Result<Field<E["GET"][P], "data">>>;
  POST<P extends keyof E["POST"]>(...call: PathCall<E["POST"], P>): Promise<Result<Field<E["POST"][P], "data">>>;
  PUT<P extends keyof E["PUT"]>(...call: PathCall<E["PUT"], P>): Promise<Result<Field<E["PUT"][P], "data">>>;
  PATCH<P extends keyof E["PATCH"]>(...call: PathCall<E["PATCH"], P>): Promise<Result<Field<E["PATCH"][P], "data">>>;
  DELETE<P extends keyof E["DELETE"]>(
    ...call: PathCall<E["DELETE"], P>
  ): Promise<Result<Field<E["DELETE"][P], "data">>>;
  HEAD<P extends keyof E["HEAD"]>(...call: PathCall<E["HEAD"], P>): Promise<Result<undefined>>;
  OPTIONS<P extends keyof E["OPTIONS"]>(
    ...call: PathCall<E["OPTIONS"], P>
  ): Promise<Result<Field<E["OPTIONS"][P], "data">>>;
  /** Calls an operation by its constant, which carries the document's text and its deprecation. */
  call<M extends Method, P extends keyof E[M]>(
    operation: { readonly method: M; readonly path: P },
    ...args: Args<E[M], P>
  ): Promise<Result<Field<E[M][P], "data">>>;
  /**
   * Calls any path of the provider, also one that the document does not have: with everything that a call has but its types. The
   * path is below the base URL and begins with a slash; `params.path` fills its `{names}`. A body is encoded as the provider's
   * others are. `data` is JSON, text or bytes, as the response's media type says.
   */
  request<Data = unknown>(method: Method, path: string, init?: CallInit): Promise<Result<Data>>;
}

/** Calls that return their errors. An abort still rejects with its reason, and a mistake in options throws. */
export interface SafeMethods<E extends PathIndex> {
  GET<P extends keyof E["GET"]>(
    ...call: PathCall<E["GET"], P>
  ): Promise<SafeResult<Field<E["GET"][P], "data">, Field<E["GET"][P], "error">>>;
  POST<P extends keyof E["POST"]>(
    ...call: PathCall<E["POST"], P>
  ): Promise<SafeResult<Field<E["POST"][P], "data">, Field<E["POST"][P], "error">>>;
  PUT<P extends keyof E["PUT"]>(
    ...call: PathCall<E["PUT"], P>
  ): Promise<SafeResult<Field<E["PUT"][P], "data">, Field<E["PUT"][P], "error">>>;
  PATCH<P extends keyof E["PATCH"]>(
    ...call: PathCall<E["PATCH"], P>
  ): Promise<SafeResult<Field<E["PATCH"][P], "data">, Field<E["PATCH"][P], "error">>>;
  DELETE<P extends keyof E["DELETE"]>(
    ...call: PathCall<E["DELETE"], P>
  ): Promise<SafeResult<Field<E["DELETE"][P], "data">, Field<E["DELETE"][P], "error">>>;
  HEAD<P extends keyof E["HEAD"]>(
    ...call: PathCall<E["HEAD"], P>
  ): Promise<SafeResult<undefined, Field<E["HEAD"][P], "error">>>;
  OPTIONS<P extends keyof E["OPTIONS"]>(
    ...call: PathCall<E["OPTIONS"], P>
  ): Promise<SafeResult<Field<E["OPTIONS"][P], "data">, Field<E["OPTIONS"][P], "error">>>;
  call<M extends Method, P extends keyof E[M]>(
    operation: { readonly method: M; readonly path: P },
    ...args: Args<E[M], P>
  ): Promise<SafeResult<Field<E[M][P], "data">, Field<E[M][P], "error">>>;
  request<Data = unknown, ErrorBody = unknown>(
    method: Method,
    path: string,
    init?: CallInit,
  ): Promise<SafeResult<Data, AnyApiError<ErrorBody>>>;
}

/** Calls whose `data` is the bytes of the response as they arrive: downloads, server-sent events. */
export interface StreamMethods<E extends PathIndex> {
  GET<P extends keyof E["GET"]>(...call: PathCall<E["GET"], P>): Promise<Result<ReadableStream<Uint8Array>>>;
  POST<P extends keyof E["POST"]>(...call: PathCall<E["POST"], P>): Promise<Result<ReadableStream<Uint8Array>>>;
  call<M extends Method, P extends keyof E[M]>(
    operation: { readonly method: M; readonly path: P },
    ...args: Args<E[M], P>
  ): Promise<Result<ReadableStream<Uint8Array>>>;
  request(method: Method, path: string, init?: CallInit): Promise<Result<ReadableStream<Uint8Array>>>;
}

/** A page of a list. */
export interface ListPage<Item, Data> extends Result<Data> {
  readonly items: readonly Item[];
  /**
   * What leads to the next page: a later iteration with `startFrom: cursor` continues after this page, in another process, too.
   * Undefined for the last page.
   */
  readonly cursor: PageCursor | undefined;
}

/** A list: its items one by one, or whole pages by `pages()`. Each iteration starts at the first page, or at `startFrom`. */
export interface Pages<Item, Data> extends AsyncIterable<Item> {
  pages(): AsyncIterable<ListPage<Item, Data>>;
}

/** The parameters and options of a list that the document does not have. */
export interface PaginateRequestInit extends CallInit, PaginateOptions {
  /**
   * How it differs from the provider's other lists: its method, the index of its pagination in the profile, where its pages hold
   * their items. @default what the document says, else nothing
   */
  readonly list?: PageFacts | undefined;
}

/** A typed client of one provider. */
export interface Connector<E extends PathIndex> extends ThrowingMethods<E>, AnyConnector {
  /** The same calls, with the error in the result. */
  readonly safe: SafeMethods<E>;
  /** The same calls, with the response as a stream. */
  readonly stream: StreamMethods<E>;
  /** Iterates over a list to its end, requesting a page when it is needed. */
  paginate<P extends keyof E["pages"]>(
    ...call: PathCall<E["pages"], P>
  ): Pages<Field<E["pages"][P], "item">, Field<E["pages"][P], "page">>;
  /** Iterates over any list of the provider, also one that the document does not have, as `request` calls any path. */
  paginateRequest<Item = unknown, Page = unknown>(path: string, init?: PaginateRequestInit): Pages<Item, Page>;
  /** Invalidates cached responses. Without a cache it does nothing. */
  readonly cache: CacheHandle<E>;
}
