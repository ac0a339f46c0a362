import type { ConnectorOptions, PageFacts, Pagination } from "../src/index.js";
import { createAcme } from "./acme.js";
import { stubFetch } from "./stub-fetch.js";

/** What a list of these tests holds. */
export const items = Array.from({ length: 7 }, (_, i) => ({ id: `id-${i + 1}` }));
/** Its ids, in order. */
export const ids = items.map(({ id }) => id);

/** What a list was asked for a page. */
export interface Asked {
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown> | undefined;
  readonly url: string;
  readonly method: string;
}

type Page = { body: unknown; headers?: Record<string, string> };

/** A client of a list that is answered by a function, and what it was asked. */
export function listOf(
  style: Pagination | readonly Pagination[],
  answer: (asked: Asked, count: number) => Page,
  { facts = {}, options = {} }: { facts?: PageFacts; options?: ConnectorOptions } = {},
): { readonly acme: ReturnType<typeof createAcme>; readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  const { fetch } = stubFetch(({ url, body, method }, count) => {
    const one = { query: new URL(url).searchParams, body: body ? JSON.parse(String(body)) : undefined, url, method };
    asked.push(one);
    const page = answer(one, count);
    return Response.json(page.body, { headers: page.headers ?? {} });
  });
  const acme = createAcme({ fetch, ...options }, { pagination: [style].flat() }, { pages: { "/things": facts } });
  return { acme, asked };
}

/** All that a walk gives. */
export async function collect<T>(walk: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of walk) found.push(item);
  return found;
}

/** The ids of all that a walk gives. */
export const idsOf = async (walk: AsyncIterable<{ id: string }>) => (await collect(walk)).map(({ id }) => id);

/** A page goes on after the last item of the one before it. */
export const lastItem: Pagination = {
  kind: "cursor",
  items: ["data"],
  from: { lastItem: ["id"] },
  into: { in: "query", name: "starting_after" },
  more: ["has_more"],
};

/** Three to a page, after the item that the cursor names. */
export function afterItem({ query }: Asked): Page {
  const start = ids.indexOf(query.get("starting_after") ?? "") + 1;
  return { body: { data: items.slice(start, start + 3), has_more: start + 3 < items.length } };
}
