import { expect, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { fakeHandler } from "./fake-handler.js";

const json = (schema: object) => ({ description: "", content: { "application/json": { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: object) => ({ type: "object", required: Object.keys(properties), properties });
const text = { type: "string" };

const accounts = {
  openapi: "3.1.0",
  paths: {
    "/accounts/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: text }],
      get: {
        operationId: "getAccount",
        responses: {
          200: json({ anyOf: [ref("Account"), ref("DeletedAccount")] }),
          202: json(object({ wait: { type: "integer" } })),
          "4XX": json(ref("Failure")),
        },
      },
      delete: { responses: { 204: { description: "" } } },
    },
  },
  components: {
    schemas: {
      Account: object({
        id: text,
        owner: { oneOf: [object({ kind: { const: "person" }, name: text }), ref("Company")] },
      }),
      Company: object({ vat: text }),
      DeletedAccount: object({ id: text, deleted: { const: true } }),
      Failure: object({ reason: text, category: text }),
    },
  },
};

/** Reads the account `a_1` of a fake. */
function start() {
  const fake = fakeHandler({ document: accounts, profile: acmeProfile });
  const read = async () => {
    const response = await fake.fetch("https://api.acme.test/v2/accounts/a_1", { headers: { "x-acme-key": "k" } });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return { fake, read };
}

test("a test chooses which member of a union comes back, of the response or within it, with the id of the path", async () => {
  const { fake, read } = start();
  expect((await read()).body).toMatchObject({ id: "a_1", owner: { name: expect.any(String) } });
  const end = fake.respondWith("getAccount", { variant: "DeletedAccount" });
  expect((await read()).body).toEqual({ id: "a_1", deleted: true });
  end();
  fake.respondWith("GET /accounts/{id}", { variant: "Company", body: { owner: { vat: "GB1" } }, times: 1 });
  expect((await read()).body).toEqual({ id: "a_1", owner: { vat: "GB1" } });
  expect((await read()).body.owner).not.toHaveProperty("vat");
  fake.respondWith("getAccount", { variant: "person" });
  expect((await read()).body.owner).toHaveProperty("name");
});

test("a test chooses a documented status: a success with its own schema, or an error in the provider's format", async () => {
  const { fake, read } = start();
  fake.respondWith("getAccount", { status: 202, headers: { "retry-after": "5" } });
  expect(await read()).toMatchObject({ status: 202, body: { wait: expect.any(Number) } });
  expect((await read()).headers.get("retry-after")).toBe("5");
  fake.respondWith("getAccount", { status: 402, body: { category: "DECLINED" } });
  expect(await read()).toMatchObject({ status: 402, body: { reason: expect.any(String), category: "DECLINED" } });
  fake.reset();
  expect((await read()).status).toBe(200);
});

test("what is not in the document is an error when it is chosen", () => {
  const { fake } = start();
  expect(() => fake.respondWith("getAccount", { status: 503 })).toThrow(
    "GET /accounts/{id} has no status 503 in the document, but 200, 202, 4XX",
  );
  expect(() => fake.respondWith("getAccount", { variant: "Robot" })).toThrow(
    "has no variant Robot in the document: there are Account, DeletedAccount, person, Company",
  );
  expect(() => fake.respondWith("getAccount", { status: 202, body: { wait: "long" } })).toThrow(
    "the response of GET /accounts/{id} is invalid: wait must be integer",
  );
  expect(() => fake.respondWith("getAccounts", {})).toThrow("the document has no operation getAccounts");
  expect(() => fake.respondWith("DELETE /accounts/{id}", { variant: "Account" })).toThrow("has no JSON");
});

test("a request that the document does not allow is rejected before", async () => {
  const fake = fakeHandler({ document: acmeDocument, profile: acmeProfile });
  fake.respondWith("listWidgets", { status: 402 });
  const response = await fake.fetch("https://api.acme.test/v2/widgets?limit=many", { headers: { "x-acme-key": "k" } });
  expect(response.status).toBe(400);
});
