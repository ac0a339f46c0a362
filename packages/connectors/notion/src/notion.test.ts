import { type FaultServer, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, expectTypeOf, test } from "vitest";
import { createNotion } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { object: "page", id: "p_1" } } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createNotion>[0] = {}) =>
  createNotion({ auth: "ntn_1", baseUrl: server.url, random: () => 0, ...options });
const comment = { parent: { page_id: "p_1" }, rich_text: [{ text: { content: "Hi" } }] };
const overload = { kind: "response", status: 529, headers: { "retry-after": "0" } } as const;

test("every request has the version of the API and the credential, which the document does not ask for", async () => {
  const notion = create();
  await notion.GET("/v1/pages/{page_id}", { params: { path: { page_id: "p_1" } } });
  await notion.POST("/v1/comments", { body: comment });
  for (const { headers } of server.requests)
    expect(headers).toMatchObject({ "notion-version": "2025-09-03", authorization: "Bearer ntn_1" });
});

test("a 529 is sent again for any method, and a 503 only where that is safe", async () => {
  server.faults.push(overload);
  await create().POST("/v1/comments", { body: comment });
  expect(server.requests).toHaveLength(2);
  server.faults.push({ kind: "response", status: 503 });
  const { error } = await create().safe.POST("/v1/comments", { body: comment });
  expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown" });
  expect(server.requests).toHaveLength(3);
});

test("a query and a search are POSTs that read: they are sent again after a 503", async () => {
  const notion = create();
  server.faults.push({ kind: "response", status: 503 });
  await notion.POST("/v1/search", { body: { query: "Roadmap" } });
  server.faults.push({ kind: "response", status: 503 });
  const path = { data_source_id: "ds_1" };
  await notion.POST("/v1/data_sources/{data_source_id}/query", { params: { path }, body: { page_size: 1 } });
  expect(server.requests).toHaveLength(4);
});

test("Retry-After may be a number of seconds or a date", async () => {
  const later = new Date(Date.now() + 3_600_000).toUTCString();
  for (const header of ["3600", later]) {
    server.faults.push({ kind: "response", status: 429, headers: { "retry-after": header } });
    const { error } = await create().safe.GET("/v1/users/me");
    const waitMs = error?.name === "RateLimitError" ? (error.retryAfterMs ?? 0) : 0;
    expect(Math.abs(waitMs - 3_600_000)).toBeLessThan(10_000);
  }
  expect(server.requests).toHaveLength(2);
});

test("responses that the document leaves untyped have the members that all pages, blocks and users have", async () => {
  const notion = create();
  const { data } = await notion.GET("/v1/pages/{page_id}", { params: { path: { page_id: "p_1" } } });
  expectTypeOf(data.id).toBeString();
  expectTypeOf(data.properties).toEqualTypeOf<{ [key: string]: unknown } | undefined>();
  // @ts-expect-error a misspelled member
  expect(data.propertys).toBeUndefined();
  const list = notion.paginate("/v1/blocks/{block_id}/children", { params: { path: { block_id: "b_1" } } });
  expectTypeOf(list[Symbol.asyncIterator]().next).returns.resolves.toHaveProperty("value");
});

test("a list of a page whose query stopped at Notion's limit says so in request_status", async () => {
  // test/helpers.test.ts of `@notionhq/client`
  const request_status = { type: "incomplete", incomplete_reason: "query_result_limit_reached" };
  server.faults.push({
    kind: "response",
    status: 200,
    body: { results: [], has_more: false, next_cursor: null, request_status },
  });
  const path = { data_source_id: "ds_1" };
  const { data } = await create().POST("/v1/data_sources/{data_source_id}/query", { params: { path }, body: {} });
  expect(data.request_status?.incomplete_reason).toBe("query_result_limit_reached");
});
