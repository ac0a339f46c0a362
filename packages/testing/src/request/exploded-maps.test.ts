import { expect, test } from "vitest";
import { acmeProfile } from "../../test/acme.js";
import { fakeHandler } from "../provider/fake-handler.js";

const map = { type: "object", additionalProperties: { type: "integer" } };
const color = { type: "object", properties: { R: { type: "integer" }, G: { type: "integer" } } };
const responses = { 204: { description: "" } };
const named = (name: string) => ({
  properties: { [name]: { type: "string" } },
  required: [name],
  additionalProperties: false,
});

// The row `form`, `explode: true`, object: https://spec.openapis.org/oas/v3.1.1.html#style-examples
const document = {
  openapi: "3.1.0",
  paths: {
    "/colors": {
      get: {
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer" } },
          { name: "color", in: "query", style: "form", explode: true, schema: { $ref: "#/components/schemas/Map" } },
        ],
        responses,
      },
      post: {
        requestBody: {
          content: {
            "application/x-www-form-urlencoded": {
              schema: {
                type: "object",
                additionalProperties: false,
                properties: { name: { type: "string" }, color, rest: map },
              },
              encoding: { color: { style: "form", explode: true }, rest: { style: "form", explode: true } },
            },
          },
        },
        responses,
      },
    },
    "/plain": {
      get: { parameters: [{ name: "color", in: "query", schema: color }], responses },
    },
    "/events": {
      get: {
        parameters: [
          {
            name: "filter",
            in: "query",
            required: true,
            schema: { type: "object", oneOf: [named("user_id"), named("email")] },
          },
        ],
        responses,
      },
    },
  },
  components: { schemas: { Map: map } },
};

const url = "https://api.acme.test/v2";
const headers = { "x-acme-key": "k" };

test("the members of an exploded map in a query are parameters of any name, in the type of the map", async () => {
  const fake = fakeHandler({ document, profile: acmeProfile });
  expect((await fake.fetch(`${url}/colors?limit=5&R=100&G=200`, { headers })).status).toBe(204);
  expect(fake.requests[0]?.query).toEqual({ limit: 5, color: { R: 100, G: 200 } });
  const wrong = await fake.fetch(`${url}/colors?R=red`, { headers });
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("color.R must be integer")]);
});

test("the members of an exploded object that is one of several are parameters, too", async () => {
  const fake = fakeHandler({ document, profile: acmeProfile });
  expect((await fake.fetch(`${url}/events?email=ada`, { headers })).status).toBe(204);
  expect(fake.requests[0]?.query).toEqual({ filter: { email: "ada" } });
  const wrong = await fake.fetch(`${url}/events?phone=1`, { headers });
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("unknown query parameter phone")]);
});

test("an object without members of any name takes no others", async () => {
  const fake = fakeHandler({ document, profile: acmeProfile });
  expect((await fake.fetch(`${url}/plain?R=1`, { headers })).status).toBe(204);
  const wrong = await fake.fetch(`${url}/plain?X=1`, { headers });
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("unknown query parameter X")]);
});

test("the members of an exploded object or map in a form are fields of their own", async () => {
  const fake = fakeHandler({ document, profile: acmeProfile });
  const body = new URLSearchParams({ name: "sky", R: "100", G: "200", B: "7" });
  expect((await fake.fetch(`${url}/colors`, { method: "POST", headers, body })).status).toBe(204);
  expect(fake.requests[0]?.body).toEqual({ name: "sky", color: { R: 100, G: 200 }, rest: { B: 7 } });
});
