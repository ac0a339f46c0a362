import { expect, test } from "vitest";
import { draft, json, object, pets } from "../../test/draft-pets.js";

const key = { name: "Idempotency-Key", in: "header", schema: { type: "string", maxLength: 256 } };
const write = (declares: boolean) => ({ parameters: declares ? [key] : [], responses: { 200: json(object({})) } });

test.each([
  [[true, false, false], []],
  [[true, true, false], ["POST"]],
])("of writes that declare the key as %j, the methods are %j", (declared, methods) => {
  const paths = Object.fromEntries(declared.map((one, index) => [`/emails/${index}`, { post: write(one) }]));
  expect(draft(pets({}, { paths })).value.idempotency).toEqual({ header: "idempotency-key", methods, maxLength: 256 });
});

const body = (properties: Record<string, unknown>) => ({
  post: {
    requestBody: { content: { "application/json": { schema: object(properties) } } },
    responses: { 200: json(object({})) },
  },
});

test("a field of bodies for the key is drafted, with the shortest of its maxima", () => {
  // As in Plaid's and Square's documents; https://developer.squareup.com/docs/build-basics/common-api-patterns/idempotency
  const paths = {
    "/payments": body({ idempotency_key: { type: "string", maxLength: 45 } }),
    "/orders": body({ idempotency_key: { type: "string", maxLength: 192 } }),
    "/others": body({ name: { type: "string" } }),
  };
  expect(draft(pets({}, { paths })).value.idempotency).toEqual({
    field: "idempotency_key",
    methods: [],
    maxLength: 45,
  });
});

test("a field with a switch beside it is drafted with the switch on", () => {
  // As in Discord's document: https://docs.discord.com/developers/resources/message#create-message
  const nonce = { oneOf: [{ type: "integer" }, { type: "string", maxLength: 25 }, { type: "null" }] };
  const paths = { "/messages": body({ nonce, enforce_nonce: { type: ["boolean", "null"] } }) };
  expect(draft(pets({}, { paths })).value.idempotency).toEqual({
    field: "nonce",
    methods: [],
    maxLength: 25,
    with: { enforce_nonce: true },
  });
  expect(draft(pets({}, { paths: { "/messages": body({ nonce }) } })).value).not.toHaveProperty("idempotency");
});
