import assert from "node:assert/strict";
import type { Pagination } from "@connectry/core";
import type { DocumentOperation } from "../document/operation.js";
import type { PageShape } from "../provider/page-shape.js";
import { placeValue } from "../provider/place-value.js";
import { type ContractCheck, expectNone } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import type { ContractConnector } from "./contract-options.js";
import { failureOf } from "./failure-of.js";
import { inParallel } from "./in-parallel.js";

const pageSize = 2;

/** Pages that a walk reads: where a list only ends with an empty page, that one too. */
function pagesOf(pagination: Pagination, length: number): number {
  const full = Math.ceil(length / pageSize);
  return pagination.kind === "page-number" || pagination.kind === "offset" ? full + 1 : full;
}

function nameOf(pagination: Pagination): string {
  switch (pagination.kind) {
    case "cursor": {
      const from = "body" in pagination.from ? pagination.from.body.join(".") : "the last item";
      return `by a cursor from ${from} into the ${pagination.into.in}'s ${pagination.into.name}`;
    }
    case "link-header":
      return "by the Link header";
    case "next-url":
      return `by the address in ${pagination.next.join(".")}`;
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

/** The request for the first page: everything but how many items it should have, unless that must be said. */
function firstPage({ sampleRequest }: ContractContext, { operation, shape }: List, number: number) {
  const { params, body } = sampleRequest(operation, number);
  const isDemanded = operation.parameters().some(({ name, required }) => required && name === shape.size);
  const without = (values: object) =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) =>
        name !== shape.size ? [[name, value]] : isDemanded ? [[name, pageSize]] : [],
      ),
    );
  const isFields = typeof body === "object" && body !== null && !(body instanceof Blob);
  return { params: { ...params, query: without(params.query) }, body: isFields ? without(body) : body };
}

/** The items of a walk, and the requests that it took; one that goes on without end is stopped. */
async function walk(context: ContractContext, connector: ContractConnector, list: List, number: number, most: number) {
  let items = 0;
  for await (const _ of connector.paginate(list.operation.path, firstPage(context, list, number))) {
    items += 1;
    if (items > most) break;
  }
  return items;
}

/** Lists, in each of the provider's styles: to the end, not past it, and never elsewhere. */
export function pagingChecks(context: ContractContext): ContractCheck[] {
  const { profile, start } = context;
  return (profile.pagination ?? []).flatMap((pagination) => {
    const checks: ContractCheck[] = [
      {
        name: `every list that goes on ${nameOf(pagination)} is walked to its end`,
        run: () => walksAll(context, pagination),
      },
      {
        name: `a list that goes on ${nameOf(pagination)} ends with a last page that is full`,
        run: async () => {
          const [list] = listsOf(context, pagination);
          assert.ok(list, "the documents have no such list");
          await using stage = await start({ listLength: 2 * pageSize, pageSize });
          assert.equal(await walk(context, stage.connect(), list, 1, 10), 2 * pageSize);
          assert.equal(stage.server.requests.length, pagesOf(pagination, 2 * pageSize));
        },
      },
    ];
    if (pagination.kind === "link-header" || pagination.kind === "next-url") {
      checks.push({
        name: `a list that goes on ${nameOf(pagination)} is not followed to another origin`,
        run: () => staysAtHome(context, pagination),
      });
    }
    return checks;
  });
}

async function walksAll(context: ContractContext, pagination: Pagination): Promise<void> {
  const lists = listsOf(context, pagination);
  assert.ok(lists.length > 0, "the documents have no such list");
  const length = pageSize + 1;
  await using stage = await context.start({ listLength: length, pageSize });
  const connector = stage.connect();
  const problems: string[] = [];
  await inParallel(lists, async (list, index) => {
    const { operation, shape } = list;
    try {
      const items = await walk(context, connector, list, index + 1, 4 * length);
      const requests = stage.server.requests.filter((request) => request.operation === operation.id);
      const wanted = pagesOf(pagination, length);
      if (items !== length || requests.length !== wanted)
        problems.push(`${operation.id}: ${items} items on ${requests.length} pages, not ${length} on ${wanted}`);
      const positions = requests.map(
        ({ query, body }) => query[shape.position] ?? (body as Record<string, unknown> | undefined)?.[shape.position],
      );
      if (new Set(positions).size !== positions.length)
        problems.push(`${operation.id}: the same page was asked for twice`);
    } catch (error) {
      problems.push(`${operation.id}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  expectNone(problems, `of ${lists.length} lists were not walked as they should`);
}

async function staysAtHome(context: ContractContext, pagination: Pagination): Promise<void> {
  const [list] = listsOf(context, pagination);
  assert.ok(list, "the documents have no such list");
  for (const address of ["https://elsewhere.invalid/next", "//elsewhere.invalid/next", "http://127.0.0.1:1/next"]) {
    await using stage = await context.start();
    let body = placeValue(list.shape.items.length === 0 ? [] : {}, list.shape.items, []);
    if (pagination.kind === "next-url") body = placeValue(body, pagination.next, address);
    const headers = { link: `<${address}>; rel="next"` };
    stage.server.faults.push({ kind: "answer", body, headers });
    await failureOf(walk(context, stage.connect({ maxAttempts: 1 }), list, 1, 1), `a next page at ${address}`);
    assert.equal(stage.server.requests.length, 1);
  }
}
