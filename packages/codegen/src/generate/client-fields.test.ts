import { expect, test } from "vitest";
import { loadedDocument, readProfile, sampleProfile } from "../../test/sample-input.js";
import { TYPE_CLIENT } from "../../test/type-client.js";
import { findTypeErrors } from "./check/find-type-errors.js";
import { withoutClientFields } from "./client-fields.js";
import { generate } from "./generate.js";

const text = { type: "string" };
const json = (schema: object) => ({ content: { "application/json": { schema } } });
const post = (operationId: string, schema: object, required = true) => ({
  post: {
    operationId,
    requestBody: { required, ...json(schema) },
    responses: { 200: { description: "", ...json({ type: "object" }) } },
  },
});

/** Every body has the key: https://mailchimp.com/developer/transactional/api/users/ping/ and .../messages/send-new-message/ */
const transactional = loadedDocument({
  paths: {
    "/users/ping": post("ping", { type: "object", required: ["key"], properties: { key: text } }),
    "/messages/send": post("send", { $ref: "#/components/schemas/Send" }),
  },
  components: {
    schemas: {
      Keyed: { type: "object", required: ["key"], properties: { key: text } },
      Send: {
        allOf: [
          { $ref: "#/components/schemas/Keyed" },
          { type: "object", required: ["message"], properties: { message: { type: "object" }, self: text } },
        ],
      },
    },
  },
});
const inBody = {
  kind: "parts",
  parts: [{ name: "key", env: "MAILCHIMP_TRANSACTIONAL_KEY", in: "body", as: "key" }],
};

async function argumentsOf(profile: Record<string, unknown>, document = transactional) {
  const { files } = await generate({ provider: "acme", profile: sampleProfile(profile), documents: [document] });
  return files;
}
const argsIn = (files: ReadonlyMap<string, string>) =>
  [...(files.get("paths.ts") ?? "").matchAll(/args: \[init(\??): CallOptions & \{ body(\??)/g)].map(
    ([, init, body]) => `${init}${body}`,
  );

test("a field of bodies that the credential fills is not required of callers, nor is a body that has nothing else", async () => {
  const files = await argumentsOf({ auth: inBody });
  // `/messages/send` first, with its message; `/users/ping` may have no body.
  expect(argsIn(files).sort()).toEqual(["", "??"]);
  const program = (calls: string) =>
    findTypeErrors(
      new Map([
        ...files,
        ["client.ts", TYPE_CLIENT],
        ["program.ts", `import type { AcmePaths } from "./paths.js";\n${calls}`],
      ]),
    );
  const argsOf = (path: string) => `AcmePaths["POST"]["${path}"]["args"]`;
  expect(
    program(`export const none: ${argsOf("/users/ping")} = [];
export const keyed: ${argsOf("/users/ping")} = [{ body: { key: "own" } }];
export const sent: ${argsOf("/messages/send")} = [{ body: { message: {} } }];`),
  ).toEqual([]);
  expect(program(`export const sent: ${argsOf("/messages/send")} = [{ body: {} }];`)).toHaveLength(1);
});

test("a field that no part of the credential is stays required", async () => {
  expect(argsIn(await argumentsOf({})).sort()).toEqual(["", ""]);
  const inHeader = { kind: "parts", parts: [{ name: "key", env: "A", in: "header", as: "key" }] };
  expect(argsIn(await argumentsOf({ auth: inHeader })).sort()).toEqual(["", ""]);
});

/** "required": https://developer.squareup.com/reference/square/payments-api/create-payment */
test("an idempotency key in bodies is not required of callers", async () => {
  const square = loadedDocument({
    paths: {
      "/v2/payments": post("pay", {
        type: "object",
        required: ["idempotency_key", "source_id"],
        properties: { idempotency_key: text, source_id: text },
      }),
    },
  });
  const files = await argumentsOf({ idempotency: { field: "idempotency_key", methods: [] } }, square);
  const schema = files.get("schemas/api.ts") ?? "";
  expect(schema).toMatch(/idempotency_key\?: string/);
  expect(schema).toMatch(/source_id: string/);
  expect(argsIn(files)).toEqual([""]);
});

test("a composition that refers to itself ends", () => {
  const schema = { required: ["key"], anyOf: [{ $ref: "#/components/schemas/Loop" }] };
  const document = loadedDocument({
    paths: { "/a": post("a", { $ref: "#/components/schemas/Loop" }) },
    components: { schemas: { Loop: schema } },
  });
  const [released] = withoutClientFields([document], readProfile({ auth: inBody }));
  expect(released?.json.components).toEqual({ schemas: { Loop: { anyOf: schema.anyOf } } });
});

test("the document itself is not changed", async () => {
  const before = JSON.stringify(transactional.json);
  await argumentsOf({ auth: inBody });
  expect(JSON.stringify(transactional.json)).toBe(before);
});
