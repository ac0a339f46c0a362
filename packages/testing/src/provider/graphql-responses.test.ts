import { expect, expectTypeOf, test } from "vitest";
import { acmeDocument, acmeProfile } from "../../test/acme.js";
import { fakeHandler } from "./fake-handler.js";

/** A document that carries its types, as GraphQL Code Generator creates it. */
interface TypedDocument<Data, Variables> {
  readonly kind: "Document";
  readonly definitions: readonly { readonly kind: "OperationDefinition"; readonly name: { readonly value: string } }[];
  readonly __apiType?: (variables: Variables) => Data;
}

function start() {
  const fake = fakeHandler({ document: acmeDocument, profile: acmeProfile });
  const send = async (body: object, headers: Record<string, string> = { "x-acme-key": "k" }) => {
    const init = { method: "POST", headers: { "content-type": "application/json", ...headers } };
    const response = await fake.fetch("https://api.acme.test/graphql", { ...init, body: JSON.stringify(body) });
    return [response.status, await response.json()];
  };
  return { fake, send };
}

test("an operation responds by its name with data, or with errors in a 200, or by a function of its variables", async () => {
  const { fake, send } = start();
  fake.graphql("Viewer", { data: { viewer: { login: "ada" } } });
  expect(await send({ query: "query Viewer { viewer { login } }" })).toEqual([
    200,
    { data: { viewer: { login: "ada" } } },
  ]);
  fake.graphql("Viewer", { data: null, errors: [{ type: "RATE_LIMITED", message: "slow down" }] });
  expect(await send({ query: "query A { a } query Viewer { viewer }", operationName: "Viewer" })).toEqual([
    200,
    { data: null, errors: [{ type: "RATE_LIMITED", message: "slow down" }] },
  ]);
  fake.graphql("mutation Rename($name: String!) { rename(name: $name) }", ({ name }) => ({ data: { rename: name } }));
  const query = "mutation Rename($name: String!) { rename(name: $name) }";
  expect(await send({ query, variables: { name: "Grace" } })).toEqual([200, { data: { rename: "Grace" } }]);
  expect(fake.requests).toHaveLength(3);
});

test("a typed document gives the types of its data and variables", async () => {
  const { fake, send } = start();
  const document: TypedDocument<{ user: { age: number } }, { login: string }> = {
    kind: "Document",
    definitions: [{ kind: "OperationDefinition", name: { value: "User" } }],
  };
  fake.graphql(document, ({ login }) => {
    expectTypeOf(login).toEqualTypeOf<string>();
    return { data: { user: { age: login.length } } };
  });
  // @ts-expect-error the age is a number
  fake.graphql(document, { data: { user: { age: "36" } } });
  fake.graphql(document, { data: { user: { age: 36 } } });
  expect(await send({ query: "query User($login: String!) { user }" })).toEqual([200, { data: { user: { age: 36 } } }]);
});

test("an operation without a response is an error of GraphQL that says so, and a missing credential is a 401", async () => {
  const { fake, send } = start();
  expect((await send({ query: "query Viewer { viewer }" }))[0]).toBe(404);
  fake.graphql("Viewer", { data: {} });
  expect(await send({ query: "query Other { viewer }" })).toEqual([
    200,
    { data: null, errors: [{ message: "no response is set for the operation Other, but for Viewer" }] },
  ]);
  expect((await send({ query: "query Viewer { viewer }" }, {}))[0]).toBe(401);
  expect((await send({ text: "" }))[0]).toBe(400);
  fake.reset();
  expect((await send({ query: "query Viewer { viewer }" }))[0]).toBe(404);
  expect(() => fake.graphql("{ viewer }", {})).toThrow("whose operation has a name");
});

test("faults happen to GraphQL, too", async () => {
  const { fake, send } = start();
  fake.graphql("Viewer", { data: {} });
  fake.faults.push({ kind: "response", status: 503, body: {}, on: { path: "/graphql" } });
  expect((await send({ query: "query Viewer { viewer }" }))[0]).toBe(503);
  expect((await send({ query: "query Viewer { viewer }" }))[0]).toBe(200);
});
