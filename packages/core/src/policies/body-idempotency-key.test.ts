import { instantClock, scriptedTransport } from "@connectry/testing";
import { expect, test } from "vitest";
import { createCall, rejection } from "../../test/call.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { compose } from "../pipeline/compose.js";
import type { IdempotencyFacts } from "../provider/profile.js";
import { createRetryBudget } from "../retry/retry-budget.js";
import { bodyIdempotencyKey } from "./body-idempotency-key.js";
import { retry } from "./retry.js";

// https://developer.squareup.com/reference/square/payments-api/create-payment: required, at most 45 characters.
const square: IdempotencyFacts = { field: "idempotency_key", methods: [], maxLength: 45 };
// https://docs.discord.com/developers/resources/message#create-message: `nonce` of up to 25 characters, compared with `enforce_nonce`.
const discord: IdempotencyFacts = { field: "nonce", methods: [], maxLength: 25, with: { enforce_nonce: true } };

interface Given {
  readonly data?: string | Uint8Array<ArrayBuffer>;
  readonly contentType?: string;
  readonly idempotencyKey?: string;
}

/** The bodies of all attempts of a write, of which the first ones fail. */
async function bodiesOf(
  facts: IdempotencyFacts,
  { data = '{"amount":1}', contentType = "application/json", idempotencyKey }: Given = {},
  statuses: readonly number[] = [200],
) {
  const transport = scriptedTransport(statuses.map((status) => ({ status })));
  const call = createCall({
    operation: { method: "POST", safety: "idempotent-with-key" },
    body: { kind: "replayable", contentType, data },
    settings: { idempotencyKey },
  });
  const again = retry(createRetryBudget(), instantClock(), () => 0);
  await compose([bodyIdempotencyKey(facts), again], transport)(call);
  return transport.calls.map(({ body }) => body?.data);
}

test("R6: each attempt of a write of Square has the same new UUID in its body", async () => {
  const bodies = await bodiesOf(square, {}, [503, 500, 200]);
  const { idempotency_key: key, ...rest } = JSON.parse(`${bodies[0]}`);
  expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(rest).toEqual({ amount: 1 });
  expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]]);
  expect((await bodiesOf(square))[0]).not.toBe(bodies[0]);
});

test("R6: a message of Discord has a nonce of 25 characters, which it compares", async () => {
  const [body] = await bodiesOf(discord, { data: '{"content":"hi"}' });
  expect(JSON.parse(`${body}`)).toEqual({
    content: "hi",
    nonce: expect.stringMatching(/^[0-9a-f]{25}$/),
    enforce_nonce: true,
  });
});

test("the option idempotencyKey, or the key in the body, is sent unchanged, and so is the text of the body", async () => {
  const data = ' {"id":12345678901234567890,"text":"\\u00e9"}';
  expect(await bodiesOf(square, { data, idempotencyKey: "order-7" })).toEqual([
    '{"idempotency_key":"order-7","id":12345678901234567890,"text":"\\u00e9"}',
  ]);
  const own = '{"idempotency_key":"order-7","amount":1}';
  expect(await bodiesOf(square, { data: own })).toEqual([own]);
  expect(await bodiesOf(square, { data: own, idempotencyKey: "order-7" })).toEqual([own]);
  expect(await bodiesOf(discord, { data: '{"nonce":7}' })).toEqual(['{"enforce_nonce":true,"nonce":7}']);
  expect(await bodiesOf(square, { data: "{}", idempotencyKey: "order-7" })).toEqual(['{"idempotency_key":"order-7"}']);
  expect(await bodiesOf(square, { data: new TextEncoder().encode(own) })).toEqual([own]);
});

test.each<[string, IdempotencyFacts, Given]>([
  ["is a list", square, { data: "[]" }],
  ["is not JSON", square, { data: "amount=1", contentType: "application/x-www-form-urlencoded" }],
  ["is broken", square, { data: "{" }],
  ["has null as its key", square, { data: '{"idempotency_key":null}' }],
  ["switches the comparison off", discord, { data: '{"enforce_nonce":false}' }],
])("R6: a write whose body %s is sent once and unchanged, and takes no key", async (_, facts, given) => {
  expect(await bodiesOf(facts, given, [503, 200])).toEqual([given.data]);
  const error = await rejection(bodiesOf(facts, { ...given, idempotencyKey: "order-7" }));
  expect(error).toBeInstanceOf(ConfigurationError);
});

test.each<[string, Given]>([
  ["too long", { idempotencyKey: "k".repeat(46) }],
  ["blank", { idempotencyKey: " " }],
  ["too long in the body", { data: JSON.stringify({ idempotency_key: "k".repeat(46) }) }],
  ["another than that in the body", { data: '{"idempotency_key":"a"}', idempotencyKey: "b" }],
])("a key that is %s is rejected", async (_, given) => {
  const error = await rejection(bodiesOf(square, given));
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error.message).toContain("45 characters");
});

test("a write that is not deduplicated takes no key, and is sent as it is", async () => {
  const transport = scriptedTransport([{ status: 200 }]);
  const send = compose([bodyIdempotencyKey(square)], transport);
  const body = { kind: "replayable", contentType: "application/json", data: "{}" } as const;
  await send(createCall({ operation: { method: "POST", safety: "unsafe" }, body }));
  expect(transport.calls.map((call) => call.body)).toEqual([body]);
  const keyed = createCall({ operation: { safety: "unsafe" }, body, settings: { idempotencyKey: "order-7" } });
  expect(await rejection(send(keyed))).toBeInstanceOf(ConfigurationError);
});
