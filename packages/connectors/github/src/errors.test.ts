import { readFile } from "node:fs/promises";
import { expect, expectTypeOf, test } from "vitest";
import { IssuesCreateLabel } from "./generated/operations.js";
import {
  ConflictError,
  type components,
  createGithub,
  isErrorOf,
  NotFoundError,
  RateLimitError,
  UnprocessableEntityError,
} from "./index.js";

const { errors } = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));
type BasicError = components["schemas"]["basic-error"];
type ValidationError = components["schemas"]["validation-error"];

const init = { params: { path: { owner: "octocat", repo: "hello-world" } }, body: { name: "foo" } };
const clientOf = (status: number) =>
  createGithub({ auth: "ghp_test", fetch: async () => Response.json(errors[status].response.body, { status }) });

test("a NotFoundError has the body of the operation's 404, an UnprocessableEntityError that of its 422", async () => {
  const missing = await clientOf(404).safe.POST("/repos/{owner}/{repo}/labels", init);
  if (!NotFoundError.isInstance(missing.error)) throw new Error("not a NotFoundError");
  expectTypeOf(missing.error).toEqualTypeOf<NotFoundError<BasicError>>();
  expect(missing.error.body.message).toBe("Not Found");

  const { error } = await clientOf(422).safe.call(IssuesCreateLabel, init);
  if (!UnprocessableEntityError.isInstance(error)) throw new Error("not an UnprocessableEntityError");
  expectTypeOf(error).toEqualTypeOf<UnprocessableEntityError<ValidationError>>();
  expect(error.body.errors?.[0]).toMatchObject({ resource: "Label", field: "color", code: "invalid" });
});

test("a status that the document does not have has an unknown body", async () => {
  const { error } = await clientOf(404).safe.POST("/repos/{owner}/{repo}/labels", init);
  if (ConflictError.isInstance(error)) expectTypeOf(error.body).toEqualTypeOf<unknown>();
  if (RateLimitError.isInstance(error)) expectTypeOf(error.body).toEqualTypeOf<unknown>();
  expect(error?.name).toBe("NotFoundError");
});

test("a thrown error has the same types, once its operation is known", async () => {
  const github = clientOf(422);
  const thrown = await github.POST("/repos/{owner}/{repo}/labels", init).catch((error: unknown) => error);
  if (!isErrorOf(github, IssuesCreateLabel, thrown)) throw new Error("an error of another operation");
  expectTypeOf(thrown.operation).toEqualTypeOf<string>();
  if (thrown.name !== "UnprocessableEntityError") throw new Error("not an UnprocessableEntityError");
  expectTypeOf(thrown.body).toEqualTypeOf<ValidationError>();
  expect(thrown.body.message).toBe("Validation Failed");
});
