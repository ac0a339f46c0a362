import { expectTypeOf, test } from "vitest";
import type { CallOptions, Connector, Result } from "../index.js";
import {
  type AnyApiError,
  ApiError,
  BadRequestError,
  CallError,
  InternalServerError,
  isErrorOf,
  NetworkError,
  NotFoundError,
  type OtherStatusError,
  RateLimitError,
  UnprocessableEntityError,
} from "../index.js";

interface Missing {
  readonly message: string;
}
interface Invalid {
  readonly errors: readonly string[];
}
interface Gone {
  readonly since: number;
}
type Error404 = NotFoundError<Missing>;
type Error422 = UnprocessableEntityError<Invalid>;
type Documented = Error404 | Error422 | OtherStatusError<Gone>;

interface Paths {
  GET: {
    "/things/{id}": {
      args: [init: CallOptions & { params: { path: { id: string } } }];
      data: object;
      error: Documented | AnyApiError<unknown, Documented["name"]>;
    };
    "/all": { args: [init?: CallOptions]; data: object; error: AnyApiError<Missing> };
  };
  POST: object;
  PUT: object;
  PATCH: object;
  DELETE: object;
  HEAD: object;
  OPTIONS: object;
  pages: object;
}

declare const acme: Connector<Paths>;
declare const thrown: unknown;
const Get = { method: "GET", path: "/things/{id}" } as const;
const params = { path: { id: "1" } };

const returned = async () => {
  const { error } = await acme.safe.GET("/things/{id}", { params });
  if (NotFoundError.isInstance(error)) expectTypeOf(error).toEqualTypeOf<Error404>();
  if (error instanceof NotFoundError) expectTypeOf(error).toEqualTypeOf<Error404>();
  if (UnprocessableEntityError.isInstance(error)) expectTypeOf(error.body).toEqualTypeOf<Invalid>();
  if (RateLimitError.isInstance(error)) expectTypeOf(error.body).toEqualTypeOf<unknown>();
  if (BadRequestError.isInstance(error)) expectTypeOf(error).toEqualTypeOf<BadRequestError<unknown>>();
  if (ApiError.isInstance(error)) expectTypeOf(error.body).toEqualTypeOf<unknown>();
  if (NetworkError.isInstance(error)) expectTypeOf(error).toEqualTypeOf<NetworkError>();
  switch (error?.name) {
    case "NotFoundError":
      return expectTypeOf(error).toEqualTypeOf<Error404>();
    case "ApiError":
      return expectTypeOf(error.body).toEqualTypeOf<Gone>();
    case "InternalServerError":
      return expectTypeOf(error).toEqualTypeOf<InternalServerError<unknown>>();
    case "TimeoutError":
      return expectTypeOf(error.limitMs).toEqualTypeOf<number>();
    default:
      return undefined;
  }
};

const byConstant = async () => {
  const { error } = await acme.safe.call(Get, { params });
  if (NotFoundError.isInstance(error)) expectTypeOf(error).toEqualTypeOf<Error404>();
};

const withOneBody = async () => {
  const { error } = await acme.safe.GET("/all");
  if (ApiError.isInstance(error)) expectTypeOf(error.body).toEqualTypeOf<Missing>();
  if (error instanceof ApiError) expectTypeOf(error.body).toEqualTypeOf<Missing>();
  if (InternalServerError.isInstance(error)) expectTypeOf(error).toEqualTypeOf<InternalServerError<Missing>>();
  if (error?.name === "ApiError") expectTypeOf(error.body).toEqualTypeOf<Missing>();
  if (CallError.isInstance(error)) expectTypeOf(error.operation).toEqualTypeOf<string>();
};

const ofAnyPath = async () => {
  const { error } = await acme.safe.request<object, Missing>("GET", "/other");
  if (NotFoundError.isInstance(error)) expectTypeOf(error).toEqualTypeOf<Error404>();
  expectTypeOf(acme.GET("/all")).toEqualTypeOf<Promise<Result<object>>>();
};

const caught = () => {
  if (NotFoundError.isInstance(thrown)) expectTypeOf(thrown).toEqualTypeOf<NotFoundError<unknown>>();
  if (ApiError.isInstance(thrown)) expectTypeOf(thrown.body).toEqualTypeOf<unknown>();
  if (isErrorOf(acme, Get, thrown) && thrown.name === "NotFoundError") expectTypeOf(thrown).toEqualTypeOf<Error404>();
  if (isErrorOf(acme, Get, thrown) && NotFoundError.isInstance(thrown))
    expectTypeOf(thrown.body).toEqualTypeOf<Missing>();
  // @ts-expect-error the document has no such operation
  isErrorOf(acme, { method: "POST", path: "/all" }, thrown);
  if (CallError.isInstance(thrown)) expectTypeOf(thrown.operation).toEqualTypeOf<string>();
};

test("an error narrows to the body of its status, by its class and by its name", () => {
  for (const program of [returned, byConstant, withOneBody, ofAnyPath, caught]) expectTypeOf(program).toBeFunction();
});
