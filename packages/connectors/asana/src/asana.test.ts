import { type FaultServer, fakeClock, faultServer } from "@connectry/testing";
import { afterEach, beforeEach, expect, expectTypeOf, test } from "vitest";
import { createAsana } from "./index.js";

let server: FaultServer;
beforeEach(async () => {
  server = await faultServer([], { response: { body: { data: { gid: "1" } } } });
});
afterEach(() => server.close());

const connection = () => ({ auth: "0/1", baseUrl: server.url, random: () => 0 });
const create = (options: Parameters<typeof createAsana>[0] = {}) =>
  createAsana({ ...connection(), ...options, unwrap: false });
const respond = (body: object, status = 200) => server.faults.push({ kind: "response", status, body });
const queries = () => server.requests.map(({ query }) => query);
const project = { project: "1337" };

test("a list is asked for in pages of 100, which nothing but `limit` does, and continues by the offset", async () => {
  respond({ data: [{ gid: "1" }], next_page: { offset: "o1", path: "/tasks?offset=o1", uri: "https://x" } });
  respond({ data: [{ gid: "2" }], next_page: null });
  const gids: (string | undefined)[] = [];
  for await (const { gid } of create().paginate("/tasks", { params: { query: project } })) gids.push(gid);
  expect(gids).toEqual(["1", "2"]);
  expect(queries()).toEqual([
    { ...project, limit: "100" },
    { ...project, limit: "100", offset: "o1" },
  ]);
});

test("the page size of a caller is kept, and a list that is not iterated has none", async () => {
  respond({ data: [], next_page: null });
  for await (const _ of create().paginate("/tasks", { params: { query: { ...project, limit: 20 } } }));
  respond({ data: [] });
  await create().GET("/tasks", { params: { query: project } });
  expect(queries()).toEqual([{ ...project, limit: "20" }, project]);
});

test("the fields of a response are joined by commas", async () => {
  const fields = { opt_fields: ["name", "assignee.name"] as const };
  await create().GET("/tasks/{task_gid}", { params: { path: { task_gid: "1" }, query: { ...fields } as never } });
  expect(server.requests[0]?.query).toEqual({ opt_fields: "name,assignee.name" });
});

test("the 412 of a missing or expired sync token is an error that has the new one, and is not sent again", async () => {
  respond({ errors: [{ message: "Sync token invalid or too old." }], sync: "de4774f6915eae04714ca93bb2f5ee81" }, 412);
  const { error } = await create().safe.GET("/events", { params: { query: { resource: "1337" } } });
  if (error?.name !== "ApiError" || error.status !== 412) throw new Error("expected a 412");
  expectTypeOf(error.body.sync).toEqualTypeOf<string | undefined>();
  expect(error.body.sync).toBe("de4774f6915eae04714ca93bb2f5ee81");
  expect(server.requests).toHaveLength(1);
});

test("events are iterated while there are more, and the token of the last page is the next one", async () => {
  respond({ data: [{ action: "added" }], sync: "s1", has_more: true });
  respond({ data: [{ action: "changed" }], sync: "s2", has_more: false });
  const pages: unknown[] = [];
  const events = create().paginate("/events", { params: { query: { resource: "1337", sync: "s0" } } });
  for await (const { data, items } of events.pages()) pages.push([items.map(({ action }) => action), data.sync]);
  expect(pages).toEqual([
    [["added"], "s1"],
    [["changed"], "s2"],
  ]);
  expect(queries().map(({ sync }) => sync)).toEqual(["s0", "s1"]);
});

test("with `unwrap`, `data` is what the envelope has, and events keep their token", async () => {
  const asana = createAsana({ ...connection(), unwrap: true });
  const { data: task } = await asana.GET("/tasks/{task_gid}", { params: { path: { task_gid: "1" } } });
  expect(task.gid).toBe("1");
  respond({ data: [], sync: "s1", has_more: false });
  const { data: events } = await asana.GET("/events", { params: { query: { resource: "1337", sync: "s0" } } });
  expect(events.sync).toBe("s1");
});

test("at most 50 reads and 15 writes are under way at once, apart from each other", async () => {
  const underWay = { GET: 0, POST: 0 };
  const most = { GET: 0, POST: 0 };
  const waiting: (() => void)[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    const method = init?.method === "POST" ? "POST" : "GET";
    underWay[method] += 1;
    most[method] = Math.max(most[method], underWay[method]);
    await new Promise<void>((resolve) => waiting.push(resolve));
    underWay[method] -= 1;
    return Response.json({ data: {} });
  };
  const asana = createAsana({ auth: "0/1", fetch, concurrency: 1_000, rateLimit: { limits: [] } });
  const reads = Array.from({ length: 60 }, () =>
    asana.GET("/users/{user_gid}", { params: { path: { user_gid: "me" } } }),
  );
  const writes = Array.from({ length: 20 }, () => asana.POST("/tasks", { body: { data: { name: "Task 1" } } }));
  let isDone = false;
  const all = Promise.all([...reads, ...writes]).then(() => (isDone = true));
  while (!isDone) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const resolve of waiting.splice(0)) resolve();
  }
  await all;
  expect(most).toEqual({ GET: 50, POST: 15 });
});

test("a 429 is waited for as Retry-After says, for a write, too, and delays the other calls", async () => {
  server.faults.push({ kind: "response", status: 429, headers: { "retry-after": "30" } });
  const clock = fakeClock();
  const asana = create({ clock });
  const first = asana.POST("/tasks", { body: { data: { name: "Task 1" } } });
  await expect.poll(() => server.requests.length).toBe(1);
  const second = asana.GET("/users/{user_gid}", { params: { path: { user_gid: "me" } } });
  await clock.advance(29_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(server.requests).toHaveLength(1);
  await clock.advance(3_000);
  await Promise.all([first, second]);
  expect(server.requests).toHaveLength(3);
});

test("a 402 is an error of a plan, which is not sent again", async () => {
  respond({ errors: [{ message: "Search is only available to premium users." }] }, 402);
  const path = { workspace_gid: "1" };
  const { error } = await create().safe.GET("/workspaces/{workspace_gid}/tasks/search", { params: { path } });
  expect(error).toMatchObject({ name: "ApiError", status: 402 });
  expect(server.requests).toHaveLength(1);
});

test("a task whose response is lost is not created again, and a change of one is sent again", async () => {
  server.faults.push({ kind: "reset", after: "request" });
  const { error } = await create().safe.POST("/tasks", { body: { data: { name: "Task 1" } } });
  expect(error).toMatchObject({ name: "OutcomeUnknownError" });
  server.faults.push({ kind: "reset", after: "request" });
  const task = { params: { path: { task_gid: "1" } }, body: { data: { completed: true } } };
  await create().PUT("/tasks/{task_gid}", task);
  expect(server.requests.map(({ method }) => method)).toEqual(["POST", "PUT", "PUT"]);
});

test("the phrase of a server error is the id for Asana's support", async () => {
  respond({ errors: [{ message: "Server Error", phrase: "6 sad squid snuggle softly" }] }, 500);
  const { error } = await create({ maxAttempts: 1 }).safe.GET("/workspaces");
  expect(error).toMatchObject({ name: "InternalServerError", requestId: "6 sad squid snuggle softly" });
});

test("a file is attached as multipart", async () => {
  const file = new Blob(["Hello"], { type: "text/plain" });
  await create().POST("/attachments", { body: { parent: "1337", name: "a.txt", file: file as never } });
  const [request] = server.requests;
  expect(request?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
});

// The compiler tests it: the audit log always says that there is a next page, and searches cannot be continued.
export const notLists = (asana: ReturnType<typeof create>) => [
  asana.paginate("/task_templates"),
  // @ts-expect-error it has no end
  asana.paginate("/workspaces/{workspace_gid}/audit_log_events", { params: { path: { workspace_gid: "1" } } }),
  // @ts-expect-error its results are not stable
  asana.paginate("/workspaces/{workspace_gid}/tasks/search", { params: { path: { workspace_gid: "1" } } }),
];
