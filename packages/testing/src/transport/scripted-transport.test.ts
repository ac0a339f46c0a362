import type { Call } from "@connectry/core";
import { expect, test } from "vitest";
import { scriptedTransport } from "./scripted-transport.js";

const callTo = (url: string, signal = new AbortController().signal) => ({ url, signal }) as Call;

test("a scripted transport responds step by step and records the calls", async () => {
  const transport = scriptedTransport([{ status: 503, headers: { "retry-after": "1" } }, { body: { id: "cus_1" } }]);
  const first = await transport(callTo("https://x.test/1"));
  const second = await transport(callTo("https://x.test/2"));
  expect([first.status, first.headers.get("retry-after"), first.body]).toEqual([503, "1", undefined]);
  expect([second.status, second.headers.get("content-type"), second.url]).toEqual([
    200,
    "application/json",
    "https://x.test/2",
  ]);
  expect(new TextDecoder().decode(second.body as Uint8Array)).toBe('{"id":"cus_1"}');
  expect(transport.calls.map((call) => call.url)).toEqual(["https://x.test/1", "https://x.test/2"]);
});

test("a step that is an error is thrown", async () => {
  const reset = new TypeError("fetch failed");
  await expect(scriptedTransport([reset])(callTo("https://x.test"))).rejects.toBe(reset);
});

test("a hanging step rejects with the reason of the signal", async () => {
  const controller = new AbortController();
  const reply = scriptedTransport(["hang"])(callTo("https://x.test", controller.signal));
  controller.abort("stop");
  await expect(reply).rejects.toBe("stop");
});

test("a call without a step is an error that counts calls and steps", async () => {
  const transport = scriptedTransport([{ status: 204 }]);
  await transport(callTo("https://x.test"));
  await expect(transport(callTo("https://x.test"))).rejects.toThrow(
    "scripted transport has no step for call 2: it has 1 steps",
  );
});
