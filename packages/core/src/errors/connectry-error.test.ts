import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import * as core from "../index.js";
import {
  ApiError,
  CallError,
  ConfigurationError,
  ConnectryError,
  NetworkError,
  NotFoundError,
  TimeoutError,
} from "../index.js";

const classes = Object.entries(core).filter(([name]) => name.endsWith("Error")) as [string, typeof ConnectryError][];
const init = {
  operation: "GET /things",
  status: 404,
  code: "gone",
  requestId: "req_1",
  body: {},
  headers: new Headers(),
  retryAfterMs: undefined,
  outcome: "not-applied",
  maybeSent: true,
  limit: "attempt",
  limitMs: 5,
} as const;
const make = (Class: typeof ConnectryError) =>
  new (Class as unknown as new (message: string, of: unknown) => ConnectryError)("it failed", init);

describe.each(classes)("%s", (name, Class) => {
  test("has the name of its class in name, stack and inspect", () => {
    const error = make(Class);
    expect(error.name).toBe(name);
    const line = `${name}: ${error instanceof CallError ? "GET /things: " : ""}it failed`;
    expect(String(error)).toBe(line);
    expect(error.stack?.split("\n")[0]).toBe(line);
    expect(inspect(error).split("\n")[0]).toBe(line);
    expect(Object.keys(error)).not.toContain("name");
  });

  test("is an instance of itself and its superclasses, and of no other class", () => {
    const error = make(Class);
    for (const [otherName, Other] of classes) {
      expect(Other.isInstance(error), otherName).toBe(error instanceof Other);
    }
    expect(Class.isInstance(error)).toBe(true);
  });
});

test("R44: the exported error classes are those that were reviewed for secrets", () => {
  expect(classes.map(([name]) => name).sort()).toEqual([
    "ApiError",
    "AuthenticationError",
    "BadRequestError",
    "CallError",
    "CircuitOpenError",
    "ConfigurationError",
    "ConflictError",
    "ConnectryError",
    "InternalServerError",
    "NetworkError",
    "NotFoundError",
    "OutcomeUnknownError",
    "PermissionDeniedError",
    "QueueFullError",
    "QuotaExceededError",
    "RateLimitError",
    "ResponseParseError",
    "ResponseTooLargeError",
    "TimeoutError",
    "UnprocessableEntityError",
    "UnsafeRedirectError",
  ]);
});

test("isInstance recognizes an error of another copy of the package, unlike instanceof", async () => {
  vi.resetModules();
  const copy = (await import("../index.js")) as typeof core;
  const error = new copy.NotFoundError("gone", init);
  expect(copy.NotFoundError).not.toBe(NotFoundError);
  expect(error).not.toBeInstanceOf(NotFoundError);
  expect(NotFoundError.isInstance(error)).toBe(true);
  expect(ApiError.isInstance(error)).toBe(true);
  expect(ConnectryError.isInstance(error)).toBe(true);
  expect(TimeoutError.isInstance(error)).toBe(false);
});

test.each([undefined, null, 0, "", "NotFoundError", {}, [], new Error("x"), { name: "ConnectryError" }, () => 1])(
  "%j is not an instance of ConnectryError",
  (value) => {
    expect(ConnectryError.isInstance(value)).toBe(false);
  },
);

test("isInstance narrows the type, and name is a literal", () => {
  const error: unknown = new NetworkError("lost", { ...init, code: "ECONNRESET" });
  if (!NetworkError.isInstance(error)) throw new Error("The type was not narrowed.");
  const { code } = error;
  expect(code).toBe("ECONNRESET");
  const name: "NetworkError" = error.name;
  expect(name).toBe("NetworkError");
});

test("an error has a cause only where one is passed", () => {
  expect(Object.hasOwn(new ConfigurationError("x"), "cause")).toBe(false);
  expect(new ConnectryError("x", { cause: 1 }).cause).toBe(1);
  expect(Object.hasOwn(new NetworkError("x", { ...init, code: undefined }), "cause")).toBe(false);
});
