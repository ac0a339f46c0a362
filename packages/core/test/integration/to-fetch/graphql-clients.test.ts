import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from "@apollo/client/core";
import { Defer20220824Handler } from "@apollo/client/incremental";
import { cacheExchange, createClient, fetchExchange } from "@urql/core";
import { GraphQLClient } from "graphql-request";
import { describe, expect, test } from "vitest";
import { toFetch } from "../../../src/index.js";
import { createAcme, secret } from "../../acme.js";
import { rejection } from "../../call.js";
import { deferred } from "../../deferred.js";
import { listen } from "../../listen.js";
import { serve, serveWith } from "../../serve.js";

const address = "https://api.acme.test/graphql";
const text = "query Viewer($first: Int) { viewer(first: $first) { login } }";
const variables = { first: 1 };

const clients: Record<string, (fetch: ReturnType<typeof toFetch>) => Promise<unknown>> = {
  "graphql-request": (fetch) => new GraphQLClient(address, { fetch }).request(text, variables),
  "@apollo/client": async (fetch) => {
    const link = ApolloLink.from([new HttpLink({ uri: address, fetch: fetch as typeof globalThis.fetch })]);
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    return (await client.query({ query: gql(text), variables, fetchPolicy: "no-cache" })).data;
  },
  "@urql/core": async (fetch) => {
    const client = createClient({
      url: address,
      fetch: fetch as typeof globalThis.fetch,
      exchanges: [cacheExchange, fetchExchange],
      preferGetMethod: false,
    });
    const { data, error } = await client.query(text, variables).toPromise();
    if (error) throw error;
    return data;
  },
};

describe.each(Object.entries(clients))("%s", (_, query) => {
  test("sends a query with the connector's credential, and gets its data", async () => {
    const server = await serveWith(() => ({ body: { data: { viewer: { login: "ada" } } } }));
    const data = await query(toFetch(createAcme({ baseUrl: server.url })));
    expect(data).toMatchObject({ viewer: { login: "ada" } });
    expect(server.requests).toMatchObject([{ method: "POST", path: "/graphql", body: { variables } }]);
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${secret}`);
  });

  test("gets the errors of a response", async () => {
    const body = { data: null, errors: [{ message: "no such field", path: ["viewer"] }] };
    const server = await serveWith(() => ({ body }));
    expect(await rejection(query(toFetch(createAcme({ baseUrl: server.url }))))).toMatchObject({
      message: expect.stringContaining("no such field"),
    });
  });

  test("sends one request to a provider that fails, and its error has the status", async () => {
    const server = await serve([], () => ({ status: 503, body: { message: "down" } }));
    const error = await rejection(query(toFetch(createAcme({ baseUrl: server.url }))));
    expect(JSON.stringify(error) + error.message).toMatch(/503|Service Unavailable/);
    expect(server.requests).toHaveLength(1);
  });
});

test("@apollo/client receives the parts of a deferred query as they are sent", async () => {
  // https://github.com/graphql/graphql-over-http/blob/main/rfcs/IncrementalDelivery.md
  const delimiter = "\r\n---";
  const part = (json: unknown) => `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(json)}${delimiter}`;
  const gate = deferred();
  const uri = await listen(async (_request, response) => {
    response.writeHead(200, { "content-type": 'multipart/mixed; boundary="-"' });
    response.write(delimiter + part({ data: { viewer: { login: "ada" } }, hasNext: true }));
    await gate.opened;
    const incremental = [{ path: ["viewer"], data: { bio: "countess" } }];
    response.end(`${part({ incremental, hasNext: false })}--\r\n`);
  });
  const fetch = toFetch(createAcme({ baseUrl: uri })) as typeof globalThis.fetch;
  const client = new ApolloClient({
    link: new HttpLink({ uri: `${uri}/graphql`, fetch }),
    cache: new InMemoryCache(),
    incrementalHandler: new Defer20220824Handler(),
  });
  const query = gql("query { viewer { login ... @defer { bio } } }");
  const seen: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    client.watchQuery({ query, fetchPolicy: "no-cache" }).subscribe({
      next: ({ data, dataState }) => {
        if (!data) return;
        seen.push(data);
        // The rest is sent only after the first part was received.
        gate.go();
        if (dataState === "complete") resolve();
      },
      error: reject,
    });
  });
  expect(seen).toEqual([{ viewer: { login: "ada" } }, { viewer: { login: "ada", bio: "countess" } }]);
});
