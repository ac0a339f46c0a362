import { readFile } from "node:fs/promises";
import { expect, expectTypeOf, test } from "vitest";
import { UpdateAccount } from "./generated/operations.js";
import { ConflictError, createTwilio, isErrorOf, NotFoundError } from "./index.js";

const { errors } = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));
const twilio = createTwilio({
  auth: { accountSid: "AC00000000000000000000000000000000", authToken: "token" },
  fetch: async () => Response.json(errors[404].response.body, { status: 404 }),
});
const path = "/2010-04-01/Accounts/{AccountSid}/Messages.json";

test("Twilio's documents have no body for the errors of most operations, so that it is unknown", async () => {
  const { error } = await twilio.safe.GET(path);
  if (!NotFoundError.isInstance(error)) throw new Error("not a NotFoundError");
  expectTypeOf(error).toEqualTypeOf<NotFoundError<unknown>>();
  expect(error.body).toMatchObject({ code: 20404 });
});

const init = { params: { path: { Sid: "AC00000000000000000000000000000000" } }, body: {} };

test("where a document has the body of a status, its class has it, returned or thrown", async () => {
  const { error } = await twilio.safe.call(UpdateAccount, init);
  if (ConflictError.isInstance(error)) expectTypeOf(error.body.code).toEqualTypeOf<number | undefined>();
  if (NotFoundError.isInstance(error)) expectTypeOf(error.body).toEqualTypeOf<unknown>();

  const thrown = await twilio.call(UpdateAccount, init).catch((reason: unknown) => reason);
  if (!isErrorOf(twilio, UpdateAccount, thrown)) throw new Error("an error of another operation");
  if (thrown.name === "ConflictError") expectTypeOf(thrown.body.message).toEqualTypeOf<string | undefined>();
  expect(thrown.name).toBe("NotFoundError");
});
