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
