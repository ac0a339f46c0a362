import assert from "node:assert/strict";
import type { Pagination } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import { getAtPath, setAtPath, withoutPath } from "../json/json-path.js";
import type { PageShape } from "../provider/page-shape.js";
import { type FakeCheck, throwIfAny } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import type { ContractConnector } from "./contract-options.js";
import { expectFailure } from "./expect-failure.js";
import { inParallel } from "./in-parallel.js";
import { requiredFields } from "./request-sampler.js";

const pageSize = 2;

/** The number of pages of a list, with the empty page that ends it where no page says that it is the last. */
function pageCount({ endsByEmptyPage }: PageShape, length: number, size = pageSize): number {
  return Math.ceil(length / size) + (endsByEmptyPage ? 1 : 0);
}

/** A way to page, in words. */
export function describeStyle(pagination: Pagination): string {
  switch (pagination.kind) {
    case "cursor": {
      const from = "body" in pagination.from ? pagination.from.body.join(".") : "the last item";
      return `by a cursor from ${from} in ${pagination.into.name} of the ${pagination.into.in}`;
    }
    case "link-header":
      return "by the Link header";
    case "next-url":
      return `by the URL in ${pagination.next.join(".")}`;
    case "offset":
      return `by the offset ${pagination.into.name}`;
    case "page-number":
      return `by the page number ${pagination.into.name}`;
  }
}

interface List {
  readonly operation: DocumentOperation;
  readonly shape: PageShape;
}

function listsOf({ operations, shapes }: ContractContext, pagination: Pagination): List[] {
  return operations.flatMap((operation) => {
    const shape = shapes.page(operation);
    return shape?.pagination === pagination ? [{ operation, shape }] : [];
  });
}

/** Whether the parameter without which the provider does not page is the page size: the client sends its own, unless the caller does. */
const asksBySize = ({ size, ask }: PageShape) => ask !== undefined && ask.name === size;

/** The request for the first page, without filters, and without the page size unless that is required, or the client sets it. */
function firstPage({ sampleRequest, filters, tools }: ContractContext, { operation, shape }: List, number: number) {
  const { params, body } = sampleRequest(operation, number);
  const optional = operation.parameters().filter(({ required }) => !required);
  const filtering = filters.parametersOf(operation, shape).filter((name) => optional.some((one) => one.name === name));
  const isRequired =
    asksBySize(shape) ||
    operation.parameters().some(({ name, required }) => required && name === shape.size) ||
    (shape.size !== undefined && requiredFields(operation, tools).includes(shape.size));
  const opposite = shape.pagination.kind === "cursor" ? shape.pagination.opposite : undefined;
  const withPageSize = (values: object) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) =>
        name === "filterGroups"
          ? [[name, []]]
          : name === opposite || filtering.includes(name)
            ? []
            : name !== shape.size
              ? [[name, value]]
              : isRequired
                ? [[name, pageSize]]
                : [],
      ),
    );
  const hasFields = typeof body === "object" && body !== null && !(body instanceof Blob);
  return { params: { ...params, query: withPageSize(params.query) }, body: hasFields ? withPageSize(body) : body };
}

/** Counts the items that a connector iterates, up to a limit, since a faulty one may not end. */
async function countItems(
  connector: ContractConnector,
  { operation }: List,
  { request, maxItems }: { readonly request: ReturnType<typeof firstPage>; readonly maxItems: number },
) {
  let items = 0;
  for await (const _ of connector.paginate(operation.path, request)) {
    items += 1;
    if (items > maxItems) break;
  }
  return items;
}

/** Checks the lists of each pagination style: that they are iterated to their end, no further, and on one origin. */
export function paginationChecks(context: ContractContext): FakeCheck[] {
  const { profile, start } = context;
  return (profile.pagination ?? []).flatMap((pagination) => {
    const style = describeStyle(pagination);
    const checks: FakeCheck[] = [
      {
        name: `every list that is paged ${style} is iterated to its end`,
        confirmedBy: [style],
        run: () => checkAllLists(context, pagination),
      },
      {
        name: `a list that is paged ${style} ends with a last page that is full`,
        run: async () => {
          const [list] = listsOf(context, pagination);
          assert.ok(list, "the documents have no list in this style");
          await using setup = await start({ listLength: 2 * pageSize, pageSize });
          const request = firstPage(context, list, 1);
          assert.equal(await countItems(setup.connect(), list, { request, maxItems: 10 }), 2 * pageSize);
          assert.equal(setup.server.requests.length, pageCount(list.shape, 2 * pageSize));
        },
      },
    ];
    if (pagination.ask !== undefined) {
      const { ask } = pagination;
      checks.push({
        name: `a list that is paged ${style} is asked for in pages, by ${ask.name}`,
        run: () => checkAsked(context, pagination, ask),
      });
    }
    if (pagination.kind === "link-header" || pagination.kind === "next-url") {
      checks.push({
        name: `a list that is paged ${style} is not followed to another origin`,
        run: () => checkOrigin(context, pagination),
      });
    }
    return checks;
  });
}

async function checkAllLists(context: ContractContext, pagination: Pagination): Promise<void> {
  const lists = listsOf(context, pagination);
  assert.ok(lists.length > 0, "the documents have no list in this style");
  const length = pageSize + 1;
  await using setup = await context.start({ listLength: length, pageSize });
  const connector = setup.connect();
  const problems: string[] = [];
  await inParallel(lists, async (list, index) => {
    const { operation, shape } = list;
    try {
      const request = firstPage(context, list, index + 1);
      const items = await countItems(connector, list, { request, maxItems: 4 * length });
      const requests = setup.server.requests.filter((one) => one.operation === operation.id);
      const pages = pageCount(shape, length);
      if (items !== length || requests.length !== pages)
        problems.push(
          `${operation.id} must have ${length} items on ${pages} pages, got ${items} on ${requests.length}`,
        );
      const positions = requests.map(
        ({ query, body }) => query[shape.position] ?? getAtPath(body, [...shape.inside, shape.position]),
      );
      if (new Set(positions).size !== positions.length)
        problems.push(`${operation.id}: the same page was requested twice`);
    } catch (error) {
      problems.push(`${operation.id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  throwIfAny(problems, `of ${lists.length} lists were iterated incorrectly`);
}

/** Checks that a client asks for pages where the caller does not, with one item more than a page has. */
async function checkAsked(
  context: ContractContext,
  pagination: Pagination,
  { name, value, inside = [] }: NonNullable<Pagination["ask"]>,
): Promise<void> {
  const [list] = listsOf(context, pagination);
  assert.ok(list, "the documents have no list in this style");
  const size = asksBySize(list.shape) ? Number(value) : pageSize;
  await using setup = await context.start({ listLength: size + 1, pageSize: size });
  const { params, body } = firstPage(context, list, 1);
  const query = withoutPath(params.query, [name]) as typeof params.query;
  const request = { params: { ...params, query }, body: withoutPath(body, [...inside, name]) };
  assert.equal(await countItems(setup.connect(), list, { request, maxItems: size + 2 }), size + 1);
  const sent = setup.server.requests.map(({ query, body: json }) => query[name] ?? getAtPath(json, [...inside, name]));
  // Where it is the parameter of the position, such as the page number, it asks by the first page, and the others have theirs.
  const isPosition = "into" in pagination && pagination.into.name === name;
  assert.deepEqual(
    (isPosition ? sent.slice(0, 1) : sent).map(String),
    Array.from({ length: isPosition ? 1 : pageCount(list.shape, size + 1, size) }, () => String(value)),
  );
}

async function checkOrigin(context: ContractContext, pagination: Pagination): Promise<void> {
  const [list] = listsOf(context, pagination);
  assert.ok(list, "the documents have no list in this style");
  for (const url of ["https://elsewhere.invalid/next", "//elsewhere.invalid/next", "http://127.0.0.1:1/next"]) {
    await using setup = await context.start();
    let body = setAtPath(list.shape.items.length === 0 ? [] : {}, list.shape.items, []);
    if (pagination.kind === "next-url") body = setAtPath(body, pagination.next, url);
    const headers = { link: `<${url}>; rel="next"` };
    setup.server.faults.push({ kind: "response", body, headers });
    const connector = setup.connect({ maxAttempts: 1 });
    const request = firstPage(context, list, 1);
    await expectFailure(countItems(connector, list, { request, maxItems: 1 }), `iteration to a next page at ${url}`);
    assert.equal(setup.server.requests.length, 1);
  }
}
