import assert from "node:assert/strict";
import { ConfigurationError } from "@connectry/core";
import { instantClock } from "../clock/instant-clock.js";
import type { ContractCheck } from "./contract-check.js";
import type { ContractContext } from "./contract-context.js";
import { failureOf } from "./failure-of.js";

/** Idempotency keys, where the provider takes them; where it does not, that none is promised. */
export function idempotencyChecks(context: ContractContext): ContractCheck[] {
  const { profile, call, start, writeOf } = context;
  const { idempotency } = profile;
  if (idempotency === undefined) {
    return [
      {
        name: "an idempotency key is refused, since the provider takes none",
        run: async () => {
          const write = writeOf("unsafe") ?? writeOf("idempotent");
          if (write === undefined) return;
          await using stage = await start();
          const error = await failureOf(call(stage.connect(), write, { idempotencyKey: "contract-key" }), "a key");
          assert.ok(ConfigurationError.isInstance(error), error.message);
          assert.equal(stage.server.requests.length, 0);
        },
      },
    ];
  }
  const header = idempotency.header.toLowerCase();
  const keyed = () => {
    const write = writeOf("keyed");
    assert.ok(write, `the documents have no ${idempotency.methods.join(" or ")} that could carry ${header}`);
    return write;
  };
  return [
    {
      name: `every write carries an ${header} of its own, the same on all of its attempts`,
      run: async () => {
        const write = keyed();
        await using stage = await start();
        const connector = stage.connect({ clock: instantClock() });
        stage.server.faults.push({ kind: "answer", status: 503 }, { kind: "reset", after: "request", applied: true });
        await call(connector, write);
        await call(connector, write);
        const keys = stage.server.requests.map(({ headers }) => headers[header] ?? "");
        assert.equal(keys.length, 4);
        assert.deepEqual([keys[1], keys[2]], [keys[0], keys[0]], "one call has one key");
        assert.notEqual(keys[3], keys[0], "two calls have two keys");
        assert.ok(keys.every((key) => key.length > 0 && key.length <= (idempotency.maxLength ?? key.length)));
      },
    },
    {
      name: "a write whose answer was lost is done once: its second attempt gets the first one's answer",
      run: async () => {
        const write = keyed();
        await using stage = await start();
        stage.server.faults.push({ kind: "reset", after: "request", applied: true });
        const { response } = await call(stage.connect({ clock: instantClock() }), write);
        assert.equal(response.headers.get("idempotent-replayed"), "true");
      },
    },
    {
      name: "a caller's own idempotency key is sent as it is, and one that is too long is refused",
      run: async () => {
        const write = keyed();
        await using stage = await start();
        stage.server.faults.push({ kind: "answer", status: 503 });
        await call(stage.connect({ clock: instantClock() }), write, { idempotencyKey: "contract-key" });
        assert.deepEqual(
          stage.server.requests.map(({ headers }) => headers[header]),
          ["contract-key", "contract-key"],
        );
        for (const idempotencyKey of [
          "",
          ...(idempotency.maxLength === undefined ? [] : ["k".repeat(idempotency.maxLength + 1)]),
        ]) {
          const error = await failureOf(call(stage.connect(), write, { idempotencyKey }), "a bad key");
          assert.ok(ConfigurationError.isInstance(error), error.message);
        }
      },
    },
  ];
}
