import { instantClock, scriptedTransport } from "@connectry/testing";
import { describe, expect, test } from "vitest";
import { createCall, rejection } from "../../test/call.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { compose } from "../pipeline/compose.js";
import { createRetryBudget } from "../retry/retry-budget.js";
import { idempotencyKey } from "./idempotency-key.js";
import { retry } from "./retry.js";

const facts = { header: "idempotency-key", methods: ["POST"], maxLength: 20 };
const keyed = { method: "POST", safety: "idempotent-with-key" } as const;

async function keysOf(call: ReturnType<typeof createCall>, statuses: readonly number[] = [200]) {
  const transport = scriptedTransport(statuses.map((status) => ({ status })));
  const again = retry(createRetryBudget(), instantClock(), () => 0);
  await compose([idempotencyKey(facts), again], transport)(call);
  return transport.calls.map(({ headers }) => headers["idempotency-key"]);
}

test("R6: each attempt of a write with an idempotency key sends the same new UUID", async () => {
  const keys = await keysOf(createCall({ operation: keyed }), [503, 500, 200]);
  expect(keys[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(keys).size).toBe(1);
  expect(keys).toHaveLength(3);
});

test("two calls have different idempotency keys", async () => {
  const [first, second] = [
    await keysOf(createCall({ operation: keyed })),
    await keysOf(createCall({ operation: keyed })),
  ];
  expect(first).not.toEqual(second);
});

test("the option idempotencyKey is sent unchanged, and takes precedence over a header of the same name", async () => {
  expect(await keysOf(createCall({ operation: keyed, settings: { idempotencyKey: "order-7" } }))).toEqual(["order-7"]);
  const headers = { "idempotency-key": "from-headers" };
  expect(await keysOf(createCall({ operation: keyed, headers }))).toEqual(["from-headers"]);
  expect(await keysOf(createCall({ operation: keyed, headers, settings: { idempotencyKey: "order-7" } }))).toEqual([
    "order-7",
  ]);
});

test("the policy does not change the call that it receives", async () => {
  const call = createCall({ operation: keyed });
  await keysOf(call);
  expect(call.headers).not.toHaveProperty("idempotency-key");
});

test.each(["safe", "idempotent", "unsafe"] as const)("a %s call has no idempotency key", async (safety) => {
  expect(await keysOf(createCall({ operation: { safety } }))).toEqual([undefined]);
});

describe("an idempotency key that cannot be sent", () => {
  const refused = (call: ReturnType<typeof createCall>) => rejection(keysOf(call));

  test("is rejected where the operation does not accept one", async () => {
    const error = await refused(createCall({ settings: { idempotencyKey: "order-7" } }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toMatch(/GET \/things.*idempotencyKey/);
  });

  // A header loses the white space around its value (RFC 9110, section 5.5), so that such a key would be empty.
  test.each(["", " ", "\t ", "x".repeat(21), "line\r\nbreak", "日本", "nul\0"])(
    "is rejected where it is %j, as an option or as a header",
    async (own) => {
      const calls = [createCall({ operation: keyed, settings: { idempotencyKey: own } })];
      try {
        calls.push(createCall({ operation: keyed, headers: { "idempotency-key": own } }));
      } catch {
        // The platform does not accept every value.
      }
      for (const call of calls) {
        const error = await refused(call);
        expect(error).toBeInstanceOf(ConfigurationError);
        expect(error.message).toMatch(/^POST \/things: idempotencyKey must have 1 to 20 characters/);
      }
    },
  );
});
