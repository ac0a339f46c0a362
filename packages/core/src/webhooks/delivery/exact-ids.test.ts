import { expect, test } from "vitest";
import { signWebhook, stripe, verifyWebhook } from "../index.js";

test("R54: an id of an event beyond 2^53 keeps its digits", async () => {
  const body = '{"id":"evt_1","type":"a","data":{"object":{"id":9007199254740993}}}';
  const request = await signWebhook(stripe, body, { secret: "s" });
  const { events } = await verifyWebhook(stripe, request, { secrets: "s" });
  expect(JSON.stringify(events)).toContain('"id":"9007199254740993"');
});
