import { loadDocuments } from "@connectry/codegen";
import { type FakeProvider, fakeProvider, instantClock } from "@connectry/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createHubspot, facts, type Hubspot, profile } from "./index.js";

const documents = await loadDocuments("hubspot");
let server: FakeProvider;
let hubspot: Hubspot;

beforeAll(async () => {
  server = await fakeProvider({ document: documents.map(({ json }) => json), profile, facts, credential: "pat-1" });
  hubspot = createHubspot({ auth: "pat-1", baseUrl: server.url });
});
afterAll(() => server.close());
afterEach(() => {
  server.faults.length = 0;
});

const properties = { email: "ada@example.com", firstname: "Ada" };
const search = { filterGroups: [], sorts: [], properties: [], limit: 10 } as const;

test("a contact is created, read, updated by single properties, and archived", async () => {
  const { data: contact } = await hubspot.POST("/crm/v3/objects/contacts", { body: { properties, associations: [] } });
  const params = { path: { contactId: contact.id } };
  expect((await hubspot.GET("/crm/v3/objects/contacts/{contactId}", { params })).data.properties).toMatchObject(
    properties,
  );
  await hubspot.PATCH("/crm/v3/objects/contacts/{contactId}", { params, body: { properties: { city: "London" } } });
  const { data: changed } = await hubspot.GET("/crm/v3/objects/contacts/{contactId}", { params });
  expect(changed.properties).toMatchObject({ ...properties, city: "London" });
  await hubspot.DELETE("/crm/v3/objects/contacts/{contactId}", { params });
  const { error } = await hubspot.safe.GET("/crm/v3/objects/contacts/{contactId}", { params });
  expect(error?.name).toBe("NotFoundError");
});

test("a fake HubSpot searches by filter groups, and its batches have one result for each input", async () => {
  const created = await hubspot.POST("/crm/v3/objects/deals/batch/create", {
    body: {
      inputs: [
        { properties: { dealname: "Small", amount: "10" }, associations: [] },
        { properties: { dealname: "Large", amount: "1000" }, associations: [] },
      ],
    },
  });
  const names = (deals: readonly { readonly properties: Readonly<Record<string, string | null>> }[]) =>
    deals.map((deal) => deal.properties.dealname);
  expect([created.response.status, names(created.data.results)]).toEqual([201, ["Small", "Large"]]);
  const [small, large] = created.data.results.map(({ id }) => id) as [string, string];

  const found = async (...filters: object[]) => {
    const filterGroups = [{ filters }] as never;
    const { data } = await hubspot.POST("/crm/v3/objects/deals/search", {
      body: { ...search, filterGroups, sorts: [], properties: [] },
    });
    return [data.total, names(data.results)];
  };
  expect(await found({ propertyName: "amount", operator: "GT", value: "99" })).toEqual([1, ["Large"]]);
  expect(await found({ propertyName: "dealname", operator: "IN", values: ["small", "other"] })).toEqual([1, ["Small"]]);
  expect(await found({ propertyName: "dealname", operator: "EQ", value: "None" })).toEqual([0, []]);

  const body = { properties: ["dealname"], propertiesWithHistory: [], inputs: [{ id: large }, { id: small }] };
  const read = await hubspot.POST("/crm/v3/objects/deals/batch/read", { body });
  expect(names(read.data.results)).toEqual(["Large", "Small"]);
  const byName = { ...body, idProperty: "dealname", inputs: [{ id: "Small" }] };
  expect((await hubspot.POST("/crm/v3/objects/deals/batch/read", { body: byName })).data.results[0]?.id).toBe(small);

  const update = { inputs: [{ id: small, properties: { amount: "20" } }] };
  await hubspot.POST("/crm/v3/objects/deals/batch/update", { body: update });
  const params = { path: { dealId: small } };
  expect((await hubspot.GET("/crm/v3/objects/deals/{dealId}", { params })).data.properties).toMatchObject({
    dealname: "Small",
    amount: "20",
  });

  await hubspot.POST("/crm/v3/objects/deals/batch/archive", { body: { inputs: [{ id: small }] } });
  expect((await hubspot.safe.GET("/crm/v3/objects/deals/{dealId}", { params })).error?.name).toBe("NotFoundError");
  const partly = await hubspot.POST("/crm/v3/objects/deals/batch/read", { body });
  expect([partly.response.status, names(partly.data.results)]).toEqual([207, ["Large"]]);
  expect(partly.data).toMatchObject({
    numErrors: 1,
    errors: [{ category: "OBJECT_NOT_FOUND", context: { ids: [small] } }],
  });
  server.reset();
});

test("one client has the tokens of several accounts, and each call names its account", async () => {
  const client = createHubspot({ auth: { getAccount: ({ account }) => `pat-${account}` }, baseUrl: server.url });
  await client.GET("/crm/v3/objects/contacts", { account: "1" });
  for await (const { id } of client.paginate("/crm/v3/objects/deals", { account: "1" })) expect(id).toBeDefined();
  const { error } = await client.safe.GET("/crm/v3/objects/contacts", { account: "2" });
  expect(error?.name).toBe("AuthenticationError");
});

test("pagination of a list sends `after` in the query, and that of a search in the body", async () => {
  const listed = new Set<string>();
  for await (const { id } of hubspot.paginate("/crm/v3/objects/deals", { params: { query: { limit: 10 } } }))
    listed.add(id);
  expect(listed.size).toBe(25);
  expect(server.requests.at(-1)?.query).toHaveProperty("after");

  const found = new Set<string>();
  const body = { ...search, filterGroups: [], sorts: [], properties: [] };
  for await (const { id } of hubspot.paginate("/crm/v3/objects/deals/search", { body })) found.add(id);
  expect(found).toEqual(listed);
  expect(server.requests.at(-1)?.body).toMatchObject({ limit: 10, after: expect.any(String) });
});

test("one client has the operations of all documents, generic ones and those of single object types", async () => {
  await hubspot.GET("/crm/v3/objects/{objectType}", { params: { path: { objectType: "line_items" } } });
  expect(server.requests.at(-1)?.operation).toBe("GET /crm/v3/objects/{objectType}");
  await hubspot.GET("/crm/v3/objects/tickets");
  expect(server.requests.at(-1)?.operation).toBe("GET /crm/v3/objects/tickets");
});

test("a 207 for a batch that failed in part is a success with data", async () => {
  const body = {
    status: "COMPLETE",
    results: [],
    numErrors: 1,
    errors: [{ status: "error", category: "OBJECT_NOT_FOUND" }],
  };
  server.faults.push({ kind: "response", status: 207, body });
  const inputs = [{ id: "1" }];
  const { data, response } = await hubspot.POST("/crm/v3/objects/contacts/batch/read", {
    body: { inputs, properties: ["email"], propertiesWithHistory: [] },
  });
  expect([response.status, data]).toEqual([207, body]);
});

test("a POST that only reads is retried after an outage, and a POST that creates is not", async () => {
  server.faults.push({ kind: "response", status: 502 });
  const body = { ...search, filterGroups: [], sorts: [], properties: [] };
  const { response } = await hubspot.POST("/crm/v3/objects/contacts/search", { body });
  expect(response.attempts.map(({ status }) => status)).toEqual([502, 200]);
  server.faults.push({ kind: "response", status: 502 });
  const { error } = await hubspot.safe.POST("/crm/v3/objects/contacts", { body: { properties, associations: [] } });
  expect(error).toMatchObject({ name: "InternalServerError", outcome: "unknown", attempts: [{ status: 502 }] });
});

test("a call does not wait for a daily limit, and waits for one of ten seconds", async () => {
  server.faults.push({
    kind: "response",
    status: 429,
    body: { policyName: "DAILY", message: "You have reached your daily limit." },
  });
  const daily = await hubspot.safe.GET("/crm/v3/objects/contacts");
  expect(daily.error).toMatchObject({ name: "RateLimitError", attempts: [{ verdict: "failed" }] });

  const clock = instantClock();
  const longTimeouts = createHubspot({ auth: "pat-1", baseUrl: server.url, clock, random: () => 0 });
  server.faults.push({ kind: "response", status: 429, body: { policyName: "TEN_SECONDLY_ROLLING" } });
  const result = await longTimeouts.GET("/crm/v3/objects/contacts");
  expect(result.response.attempts.map(({ waitedMs }) => waitedMs)).toEqual([10_000, undefined]);
});

test("the fake provider reports a quota in HubSpot's headers", async () => {
  const quota = { limit: 2, perMs: 10_000 };
  await using limited = await fakeProvider({ document: documents.map(({ json }) => json), profile, facts, quota });
  const { response } = await createHubspot({ auth: "pat-1", baseUrl: limited.url }).GET("/crm/v3/objects/contacts");
  expect(
    ["max", "remaining", "interval-milliseconds"].map((name) => response.headers.get(`x-hubspot-ratelimit-${name}`)),
  ).toEqual(["2", "1", "10000"]);
});

test("an error has HubSpot's category and message, and the correlation id of the body", async () => {
  const body = {
    status: "error",
    message: "Contact already exists.",
    category: "CONFLICT",
    correlationId: "aeb5f871-7f07-4993-9211-075dc63e7cbf",
  };
  server.faults.push({ kind: "response", status: 409, body });
  const { error } = await hubspot.safe.POST("/crm/v3/objects/contacts", { body: { properties, associations: [] } });
  expect(error).toMatchObject({ name: "ConflictError", code: "CONFLICT", requestId: body.correlationId, body });
  expect(error?.message).toContain("Contact already exists");
});

test("a lock is waited for at least 2 seconds, as documented; a write was not applied", async () => {
  const clock = instantClock();
  const client = createHubspot({ auth: "pat-1", baseUrl: server.url, clock, random: () => 0, deadlineMs: Infinity });
  server.faults.push({ kind: "response", status: 423, body: { category: "LOCKED" } });
  await client.POST("/crm/v3/objects/contacts", { body: { properties, associations: [] } });
  expect(clock.waits.filter((ms) => ms >= 1_000)).toEqual([expect.closeTo(2_000, -2)]);
});

test("owners are iterated by `after`, and the definition of a property is created, read, changed and archived", async () => {
  const owners = new Set<string>();
  for await (const { id } of hubspot.paginate("/crm/v3/owners/", { params: { query: { limit: 10 } } })) owners.add(id);
  expect(owners.size).toBe(25);

  const body = { name: "shoe_size", label: "Shoe size", type: "number", fieldType: "number", groupName: "g" } as const;
  const path = { objectType: "contacts", propertyName: "shoe_size" };
  await hubspot.POST("/crm/v3/properties/{objectType}", { params: { path }, body });
  expect(server.requests.at(-1)).toMatchObject({ operation: "POST /crm/v3/properties/{objectType}", body });
  const at = "/crm/v3/properties/{objectType}/{propertyName}";
  await hubspot.PATCH(at, { params: { path }, body: { label: "Size" } });
  expect(server.requests.at(-1)?.path).toBe("/crm/v3/properties/contacts/shoe_size");
});

test("associations are at their whole path, and reading many of them is retried", async () => {
  server.faults.push({ kind: "response", status: 502 });
  const params = { path: { fromObjectType: "contacts", toObjectType: "companies" } };
  const { response } = await hubspot.POST("/crm/v3/associations/{fromObjectType}/{toObjectType}/batch/read", {
    params,
    body: { inputs: [{ id: "1" }] },
  });
  expect(response.attempts.map(({ status }) => status)).toEqual([502, 200]);
  expect(server.requests.at(-1)?.path).toBe("/crm/v3/associations/contacts/companies/batch/read");
});

test("deals have their name in their paths, whichever document is there", () => {
  const paths = documents.flatMap(({ json }) => Object.keys(json.paths as object));
  expect(paths.filter((path) => path.startsWith("/crm/v3/objects/0-3"))).toEqual([]);
  expect(paths).toContain("/crm/v3/objects/deals/{dealId}");
});

test("a batch upsert is an operation of each object where the document of 2026 is there, and not of the older one", async () => {
  const upserts = documents.flatMap(({ json }) =>
    Object.keys(json.paths as object).filter((path) => path.endsWith("/batch/upsert")),
  );
  const isNew = documents.some(({ origin }) => origin.startsWith("https:"));
  expect(upserts).toHaveLength(isNew ? 5 : 0);
  const inputs = [{ idProperty: "email", id: "ada@example.com", properties: { city: "London" } }];
  const { error } = await hubspot.safe.request("POST", "/crm/v3/objects/contacts/batch/upsert", { body: { inputs } });
  expect(error?.name).toBe(isNew ? undefined : "NotFoundError");
});
