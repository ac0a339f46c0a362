import { readFile } from "node:fs/promises";
import { expect, expectTypeOf, test } from "vitest";
import { PostCharges } from "./generated/operations.js";
import { ApiError, type components, createStripe, isErrorOf, NotFoundError } from "./index.js";

const { errors } = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));
type StripeError = components["schemas"]["error"];

const clientOf = (status: number) =>
  createStripe({ auth: "sk_test_1", fetch: async () => Response.json(errors[status].response.body, { status }) });
const body = { amount: 100, currency: "usd" };

test("every class has Stripe's error object, which the document has for all statuses", async () => {
  const { error } = await clientOf(404).safe.POST("/v1/charges", { body });
  if (!NotFoundError.isInstance(error)) throw new Error("not a NotFoundError");
  expectTypeOf(error).toEqualTypeOf<NotFoundError<StripeError>>();
  expect(error.body.error.message).toBe("Missing id");

  const declined = await clientOf(402).safe.POST("/v1/charges", { body });
  if (!ApiError.isInstance(declined.error)) throw new Error("not an ApiError");
  expectTypeOf(declined.error.body).toEqualTypeOf<StripeError>();
  expect([declined.error.name, declined.error.body.error.param]).toEqual(["ApiError", "exp_year"]);
});

test("a thrown error has the same types, once its operation is known", async () => {
  const stripe = clientOf(400);
  const thrown = await stripe.call(PostCharges, { body }).catch((error: unknown) => error);
  if (!isErrorOf(stripe, PostCharges, thrown) || thrown.name !== "BadRequestError") throw new Error("another error");
  expectTypeOf(thrown.body).toEqualTypeOf<StripeError>();
  expect(thrown.body.error.param).toBe("id");
});
