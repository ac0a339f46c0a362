import { readFile } from "node:fs/promises";
import { expect, expectTypeOf, test } from "vitest";
import { createSlack, isErrorOf, NotFoundError } from "./index.js";

const { errors } = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));
const slack = createSlack({
  auth: "xoxb-test",
  fetch: async () => Response.json(errors[404].response.body, { status: errors[404].response.status }),
});
const init = { params: { query: { channel: "C1" } } };

test("an `ok: false`, which Slack sends with status 200, is typed by the document's error", async () => {
  expect(errors[404].response.status).toBe(200);
  const { data, error } = await slack.safe.GET("/conversations.info", init);
  expect(data).toBeUndefined();
  if (!NotFoundError.isInstance(error)) throw new Error("not a NotFoundError");
  expectTypeOf(error.body.ok).toEqualTypeOf<false>();
  // The codes that the document lists for this operation.
  expectTypeOf<"channel_not_found">().toExtend<typeof error.body.error>();
  expectTypeOf<"user_not_found">().not.toExtend<typeof error.body.error>();
  expect(error.body).toEqual({ ok: false, error: "channel_not_found" });
});

test("a thrown error has the same types, once its operation is known", async () => {
  const thrown = await slack.GET("/conversations.info", init).catch((error: unknown) => error);
  const operation = { method: "GET", path: "/conversations.info" } as const;
  if (!isErrorOf(slack, operation, thrown) || thrown.name !== "NotFoundError") throw new Error("another error");
  expectTypeOf(thrown.body.needed).toEqualTypeOf<string | undefined>();
  expect(thrown.body.error).toBe("channel_not_found");
});
