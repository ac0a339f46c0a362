import { scriptedTransport } from "@connectry/testing";
import { expect, test } from "vitest";
import { createCall } from "../../test/call.js";
import { compose } from "./compose.js";
import type { Policy } from "./policy.js";

test("the first policy is the outermost, and each receives the call as the one before it changed it", async () => {
  const order: string[] = [];
  const tag = (name: string): Policy => ({
    name,
    async send(call, next) {
      order.push(`in ${name}`);
      const path = [call.headers["x-path"], name].filter(Boolean).join(", ");
      const reply = await next({ ...call, headers: { ...call.headers, "x-path": path } });
      order.push(`out ${name}`);
      return reply;
    },
  });
  const transport = scriptedTransport([{}]);
  const call = createCall();
  await compose([tag("a"), tag("b")], transport)(call);
  expect(order).toEqual(["in a", "in b", "out b", "out a"]);
  expect(transport.calls[0]?.headers["x-path"]).toBe("a, b");
  expect(call.headers).not.toHaveProperty("x-path");
});

test("a pipeline without policies is the transport", async () => {
  expect((await compose([], scriptedTransport([{ status: 204 }]))(createCall())).status).toBe(204);
});
