import type { ConnectorOptions, PageFacts, Pagination } from "../src/index.js";
import { createAcme } from "./acme.js";
import { stubFetch } from "./stub-fetch.js";

/** The items of the list in these tests. */
export const items = Array.from({ length: 7 }, (_, i) => ({ id: `id-${i + 1}` }));
/** The ids of the items, in order. */
export const ids = items.map(({ id }) => id);

/** A request for a page. */
export interface PageRequest {
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown> | undefined;
  readonly url: string;
  readonly method: string;
}

type Page = { body: unknown; headers?: Record<string, string> };

/** A client of a list whose pages a function returns, and the requests that were sent. */
export function listOf(
  style: Pagination | readonly Pagination[],
  respond: (request: PageRequest, count: number) => Page,
  { facts = {}, options = {} }: { facts?: PageFacts; options?: ConnectorOptions } = {},
): { readonly acme: ReturnType<typeof createAcme>; readonly requests: readonly PageRequest[] } {
  const requests: PageRequest[] = [];
  const { fetch } = stubFetch(({ url, body, method }, count) => {
    const request = {
      query: new URL(url).searchParams,
      body: body ? JSON.parse(String(body)) : undefined,
      url,
      method,
    };
    requests.push(request);
    const page = respond(request, count);
    return Response.json(page.body, { headers: page.headers ?? {} });
  });
  const acme = createAcme({ fetch, ...options }, { pagination: [style].flat() }, { pages: { "/things": facts } });
  return { acme, requests };
}

/** All items of an iteration. */
export async function collect<T>(iteration: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of iteration) found.push(item);
  return found;
}

/** The ids of all items of an iteration. */
export const idsOf = async (iteration: AsyncIterable<{ id: string }>) => (await collect(iteration)).map(({ id }) => id);

/** The cursor of the next page is the id of the last item. */
export const lastItem: Extract<Pagination, { kind: "cursor" }> = {
  kind: "cursor",
  items: ["data"],
  from: { lastItem: ["id"] },
  into: { in: "query", name: "starting_after" },
  more: ["has_more"],
};

/** The page of three items that follows the item named by the cursor. */
export function afterItem({ query }: PageRequest): Page {
  const start = ids.indexOf(query.get("starting_after") ?? "") + 1;
  return { body: { data: items.slice(start, start + 3), has_more: start + 3 < items.length } };
}
