import createClient, { type Client, type Middleware } from "openapi-fetch";
import { expect, test } from "vitest";
import { lazyClient } from "./lazy-client.js";

interface Paths {
  "/a": { get: { responses: { 200: { content: { "application/json": object } } } } };
}

/** A client that notes which middlewares see each request, in their order. */
function setUp() {
  const seen: string[] = [];
  const named = (name: string): Middleware => ({ onRequest: () => void seen.push(name) });
  let created = 0;
  const create = async (): Promise<Client<Paths>> => {
    created += 1;
    return createClient<Paths>({ baseUrl: "https://acme.test", fetch: async () => Response.json({}) });
  };
  const client = lazyClient<Paths>(create, { first: named("first"), last: named("last") });
  return { client, named, seen, created: () => created };
}

test("the client is created with its first request, once", async () => {
  const { client, created } = setUp();
  expect(created()).toBe(0);
  await Promise.all([client.GET("/a"), client.GET("/a")]);
  await client.request("get", "/a");
  expect(created()).toBe(1);
});

test("a request has the middlewares that were in use when it began, and its own, between the first and the last", async () => {
  const { client, named, seen } = setUp();
  client.use(named("a"));
  const request = client.GET("/a", { middleware: [named("own")] });
  client.use(named("late"));
  await request;
  expect(seen).toEqual(["first", "a", "own", "last"]);
});

test("what is not a middleware is refused as by openapi-fetch", () => {
  const { client } = setUp();
  for (const wrong of [{}, "middleware"]) {
    const refusal = (target: Pick<Client<Paths>, "use">) => {
      try {
        target.use(wrong as Middleware);
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(refusal(client)).toEqual(refusal(createClient<Paths>()));
    expect(refusal(client)).toBeInstanceOf(Error);
  }
});
