import assert from "node:assert/strict";
import { test } from "node:test";
import { createDocumentSampler } from "./sample-page.ts";

const variant = { page: 1, flag: true, hasItems: true };
const sampler = createDocumentSampler({
  components: {
    schemas: {
      Item: {
        type: "object",
        required: ["id"],
        properties: { id: { type: "string" }, parent: { $ref: "#/components/schemas/Item" } },
      },
      Page: {
        allOf: [
          {
            type: "object",
            required: ["data"],
            properties: { data: { type: "array", items: { $ref: "#/components/schemas/Item" } } },
          },
        ],
        properties: {
          next: { oneOf: [{ type: "null" }, { type: "string", format: "uri" }] },
          has_more: { type: "boolean" },
        },
      },
    },
  },
});
const schema = { $ref: "#/components/schemas/Page" };

test("a sampled page has all members, and ajv accepts it", () => {
  const page = sampler.sample(schema, variant) as { data: unknown[]; next: string; has_more: boolean };
  assert.deepEqual(Object.keys(page).sort(), ["data", "has_more", "next"]);
  assert.equal(page.data.length, 2);
  assert.equal(page.has_more, true);
  assert.equal(sampler.problem(page, schema), undefined);
});

test("pages differ in their texts, and the last has no items", () => {
  const [one, other] = [1, 2].map((page) => sampler.sample(schema, { ...variant, page }));
  assert.notDeepEqual(one, other);
  assert.deepEqual((sampler.sample(schema, { ...variant, hasItems: false }) as { data: unknown[] }).data, []);
});

test("ajv says why another value is not a page", () => {
  assert.match(sampler.problem({ data: [{ id: 1 }] }, schema) ?? "", /data\/0\/id must be string/);
});
