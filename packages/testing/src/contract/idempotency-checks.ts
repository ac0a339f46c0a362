import assert from "node:assert/strict";
import { ConfigurationError } from "@connectry/core";
import { instantClock } from "../clock/instant-clock.js";
import { idempotencyKeyOf } from "../provider/idempotency.js";
import type { FakeCheck } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { expectFailure } from "./expect-failure.js";

/** Checks idempotency keys, and that they are rejected where the provider does not support them. */
export function idempotencyChecks(context: ContractContext): FakeCheck[] {
  const { profile, call, start, writeOf } = context;
  const { idempotency } = profile;
  if (idempotency === undefined) {
    return [
      {
        name: "an idempotency key is rejected, since the provider does not support it",
        run: async () => {
          const write = writeOf("unsafe") ?? writeOf("idempotent");
          if (write === undefined) return;
          await using setup = await start();
          const error = await expectFailure(
            call(setup.connect(), write, { idempotencyKey: "contract-key" }),
            "a call with an idempotency key",
          );
          assert.ok(ConfigurationError.isInstance(error), error.message);
          assert.equal(setup.server.requests.length, 0);
        },
      },
    ];
  }
  const place = idempotency.field ?? idempotency.header.toLowerCase();
  const findWrite = () => {
    const write = writeOf("idempotent-with-key");
    assert.ok(write, `the documents have no ${idempotency.methods.join(" or ")} operation for ${place}`);
    return write;
  };
  return [
    {
      name: `every write has its own ${place}, the same on all attempts`,
      run: async () => {
        const write = findWrite();
        await using setup = await start();
        const connector = setup.connect({ clock: instantClock() });
        setup.server.faults.push({ kind: "response", status: 503 }, { kind: "reset", after: "request", applied: true });
        await call(connector, write);
        await call(connector, write);
        const keys = setup.server.requests.map((request) => idempotencyKeyOf(request, idempotency) ?? "");
        assert.equal(keys.length, 4);
        assert.deepEqual([keys[1], keys[2]], [keys[0], keys[0]], "the attempts of one call must have the same key");
        assert.notEqual(keys[3], keys[0], "two calls must have different keys");
        assert.ok(keys.every((key) => key.length > 0 && key.length <= (idempotency.maxLength ?? key.length)));
      },
    },
    {
      name: "a write whose response was lost is applied once: its second attempt gets the response of the first",
      run: async () => {
        const write = findWrite();
        await using setup = await start();
        setup.server.faults.push({ kind: "reset", after: "request", applied: true });
        const { response } = await call(setup.connect({ clock: instantClock() }), write);
        assert.equal(response.headers.get("idempotent-replayed"), "true");
      },
    },
    {
      name: "an idempotency key of the caller is sent unchanged, and one that is too long is rejected",
      run: async () => {
        const write = findWrite();
        await using setup = await start();
        setup.server.faults.push({ kind: "response", status: 503 });
        await call(setup.connect({ clock: instantClock() }), write, { idempotencyKey: "contract-key" });
        assert.deepEqual(
          setup.server.requests.map((request) => idempotencyKeyOf(request, idempotency)),
          ["contract-key", "contract-key"],
        );
        for (const idempotencyKey of [
          "",
          ...(idempotency.maxLength === undefined ? [] : ["k".repeat(idempotency.maxLength + 1)]),
        ]) {
          const error = await expectFailure(
            call(setup.connect(), write, { idempotencyKey }),
            "a call with an invalid idempotency key",
          );
          assert.ok(ConfigurationError.isInstance(error), error.message);
        }
      },
    },
  ];
}
