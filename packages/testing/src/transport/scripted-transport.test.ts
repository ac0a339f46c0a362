import type { Call } from "@connectry/core";
import { expect, test } from "vitest";
import { scriptedTransport } from "./scripted-transport.js";

const callTo = (url: string, signal = new AbortController().signal) => ({ url, signal }) as Call;

test("answers step by step and keeps the calls", async () => {
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

test("throws what the script holds", async () => {
  const reset = new TypeError("fetch failed");
  await expect(scriptedTransport([reset])(callTo("https://x.test"))).rejects.toBe(reset);
});

test("a hanging step ends with the signal's reason", async () => {
  const controller = new AbortController();
  const answer = scriptedTransport(["hang"])(callTo("https://x.test", controller.signal));
  controller.abort("stop");
  await expect(answer).rejects.toBe("stop");
});

test("a call too many is an error that counts", async () => {
  const transport = scriptedTransport([{ status: 204 }]);
  await transport(callTo("https://x.test"));
  await expect(transport(callTo("https://x.test"))).rejects.toThrow(
    "The scripted transport has 1 steps; call 2 found none.",
  );
});
