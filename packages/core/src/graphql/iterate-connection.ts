import { type AnyConnector, internalsOf } from "../client/internals.js";
import { iteratePages } from "../client/iterate-pages.js";
import type { PreparedCall } from "../client/prepared-call.js";
import type { ListPage } from "../client/typed-client.js";
import { cursorPaging } from "../pagination/next-page.js";
import type { Pagination } from "../provider/profile.js";
import type { GraphqlList } from "./document-text.js";
import type { PaginateQueryOptions } from "./graphql-options.js";
import { type GraphqlBody, prepareOperation, withBody } from "./prepare-operation.js";
import { checkType } from "./send-operation.js";

/** A list, and how it is iterated over. */
export interface ConnectionIteration {
  readonly document: GraphqlList<unknown, never, unknown>;
  readonly variables: object | undefined;
  readonly options: PaginateQueryOptions;
  /** Yields pages instead of their items. */
  readonly yieldPages: boolean;
}

/** Iterates over a connection, as over any list whose cursor goes into a body. */
export async function* iterateConnection(
  connector: AnyConnector,
  { document, variables, options, yieldPages }: ConnectionIteration,
): AsyncGenerator<unknown, void, undefined> {
  checkType(document, "query");
  const { startFrom, prefetch, ...others } = options;
  const { sendCall, locate, clock } = internalsOf(connector);
  const { items, cursor, more, into } = document.page;
  const style: Pagination = {
    kind: "cursor",
    items: ["data", ...items],
    from: { body: ["data", ...cursor] },
    more: ["data", ...more],
    into: { in: "body", inside: ["variables"], name: into },
  };
  const prepared = prepareOperation(
    connector,
    { query: document, variables },
    {
      options: { ...others },
      numbers: { maxPages: Infinity, totalDeadlineMs: Infinity },
    },
  );
  const context = {
    style,
    strategies: { pagination: { cursor: cursorPaging } },
    yieldPages,
    send: (call: PreparedCall) => sendCall(withBody({ ...call, check: prepared.check })),
    locate,
    clock,
  };
  for await (const one of iteratePages({ ...prepared, startFrom, prefetch }, context)) {
    if (!yieldPages) yield one;
    else yield { ...(one as ListPage<unknown, GraphqlBody>), data: (one as ListPage<unknown, GraphqlBody>).data.data };
  }
}
