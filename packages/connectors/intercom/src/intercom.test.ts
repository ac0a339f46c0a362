import { type FaultServer, fakeClock, faultServer, instantClock } from "@connectry/testing";
import { afterEach, beforeEach, expect, expectTypeOf, test } from "vitest";
import { type components, createIntercom } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { type: "list", data: [] } } });
});
afterEach(() => server.close());

const create = (options: Parameters<typeof createIntercom>[0] = {}) =>
  createIntercom({ auth: "dG9r", baseUrl: server.url, random: () => 0, ...options });
const respond = (body: object) => server.faults.push({ kind: "response", status: 200, body });
const serverError = (message: string) => ({
  kind: "response" as const,
  status: 500,
  body: { type: "error.list", errors: [{ code: "server_error", message }] },
});
const query = { field: "email", operator: "=" as const, value: "ada@example.com" };
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

test("every request has the version of the document, and the caller may ask for another", async () => {
  const intercom = create();
  await intercom.GET("/me");
  await intercom.GET("/me", { headers: { "intercom-version": "2.14" } });
  expect(server.requests.map(({ headers }) => headers["intercom-version"])).toEqual(["2.15", "2.14"]);
});

test("the regions have hosts of their own", async () => {
  const urls: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    urls.push(input instanceof Request ? input.url : String(input));
    return Response.json({});
  };
  for (const environment of ["us", "eu", "au"] as const)
    await createIntercom({ auth: "dG9r", environment, fetch }).GET("/me");
  expect(urls).toEqual([
    "https://api.intercom.io/me",
    "https://api.eu.intercom.io/me",
    "https://api.au.intercom.io/me",
  ]);
});

test("the cursor of a search goes into `pagination` of the body, beside what the caller has there", async () => {
  respond({ type: "list", data: [{ id: "1" }], pages: { type: "pages", next: { starting_after: "WzE=" } } });
  respond({ type: "list", data: [{ id: "2" }], pages: { type: "pages", next: null } });
  const body = { query, pagination: { per_page: 1 } };
  const found: unknown[] = [];
  for await (const { id } of create().paginate("/contacts/search", { body })) found.push(id);
  expect(found).toEqual(["1", "2"]);
  expect(server.requests.map((request) => request.body)).toEqual([
    body,
    { query, pagination: { per_page: 1, starting_after: "WzE=" } },
  ]);
});

test("a search is a POST that reads, and is sent again after a 500", async () => {
  server.faults.push({ kind: "response", status: 500 });
  await create().POST("/contacts/search", { body: { query } });
  expect(server.requests).toHaveLength(2);
});

test("a new contact whose response is lost is not sent again", async () => {
  server.faults.push({ kind: "reset", after: "request" });
  const { error } = await create().safe.POST("/contacts", { body: { email: "ada@example.com" } });
  expect(error?.name).toBe("OutcomeUnknownError");
  expect(server.requests).toHaveLength(1);
});

test("a scroll ends with its empty page, although that has a cursor, too", async () => {
  for (const ids of [["1"], ["2"], []])
    respond({ type: "list", data: ids.map((id) => ({ id })), pages: null, total_count: null, scroll_param: "s1" });
  const found: unknown[] = [];
  for await (const { id } of create().paginate("/companies/scroll")) found.push(id);
  expect(found).toEqual(["1", "2"]);
  expect(server.requests.map(({ query }) => query.scroll_param)).toEqual([undefined, "s1", "s1"]);
});

test("a page of a scroll that is lost is not asked for again, since the next one would come", async () => {
  const collect = async () => {
    for await (const _ of create().paginate("/companies/scroll"));
  };
  server.faults.push(
    serverError("Request failed due to an internal network error. Please restart the scroll operation."),
  );
  await expect(collect()).rejects.toMatchObject({ name: "InternalServerError", code: "server_error" });
  server.faults.push({ kind: "reset", after: "request" });
  await expect(collect()).rejects.toMatchObject({ name: "OutcomeUnknownError" });
  expect(server.requests).toHaveLength(2);
});

test("a 429 is sent again at the end of its window of 10 seconds", async () => {
  const clock = instantClock(1_487_332_518_000);
  const headers = {
    "x-ratelimit-limit": "167",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": "1487332520",
    date: new Date(clock.now()).toUTCString(),
  };
  server.faults.push({ kind: "response", status: 429, headers });
  await create({ clock, rateLimit: false }).GET("/me");
  expect(server.requests).toHaveLength(2);
  expect(clock.waits[0]).toBeGreaterThanOrEqual(2_000);
});

test("a window that is used up delays the next call until it ends", async () => {
  const nowMs = 1_487_332_510_000;
  const headers = {
    "x-ratelimit-limit": "167",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": "1487332520",
    date: new Date(nowMs).toUTCString(),
  };
  server.faults.push({ kind: "response", status: 200, headers, body: {} });
  const clock = fakeClock(nowMs);
  const intercom = create({ clock });
  await intercom.GET("/me");
  const next = intercom.GET("/me");
  await clock.advance(9_000);
  await settle();
  expect(server.requests).toHaveLength(1);
  await clock.advance(2_000);
  await next;
  expect(server.requests).toHaveLength(2);
});

test.each([
  [
    "a switch to the phone",
    { error_key: "invalid_phone_number", message: "Invalid phone number" },
    "invalid_phone_number",
  ],
  ["a rating", { errors: { base: "The rating window for this conversation has closed" } }, undefined],
])("the error of %s has a shape of its own, whose message is read", async (_, body, code) => {
  server.faults.push({ kind: "response", status: 400, body });
  const { error } = await create().safe.GET("/me");
  const [text] = Object.values("errors" in body ? body.errors : { text: body.message });
  expect(error).toMatchObject({ name: "BadRequestError", code, message: expect.stringContaining(String(text)) });
});

test("the filter of events goes out as the parameter that it names", async () => {
  respond({ type: "event.summary", events: [] });
  await create().GET("/events", { params: { query: { type: "user", filter: { user_id: "314159" } } } });
  expect(server.requests[0]?.query).toEqual({ type: "user", user_id: "314159" });
});

// The compiler tests it.
export const types = async (intercom: ReturnType<typeof createIntercom>) => {
  const { data } = await intercom.GET("/companies", { params: { query: { company_id: "6" } } });
  // One company, or a list of them.
  expectTypeOf(data).toEqualTypeOf<components["schemas"]["company_list"] | components["schemas"]["company"]>();
  const file = await intercom.GET("/download/content/data/{job_identifier}", {
    params: { path: { job_identifier: "orzzsbd7hk67xyu" } },
  });
  expectTypeOf(file.data).toExtend<Uint8Array>();
  // @ts-expect-error it responds with all tags
  intercom.paginate("/tags");
};
