import { expect, test } from "vitest";
import { createAcme, secret } from "../../test/acme.js";
import { stubFetch } from "../../test/stub-fetch.js";

const facts = { operations: { "POST /token": { auth: false } } } as const;

test("an operation that takes no credential is sent without one, and others with it", async () => {
  const { fetch, requests } = stubFetch();
  const acme = createAcme({ fetch }, {}, facts);
  await acme.POST("/token");
  await acme.GET("/things");
  expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual([null, `Bearer ${secret}`]);
});

test("a credential in the query is not sent, either", async () => {
  const { fetch, requests } = stubFetch();
  await createAcme({ fetch }, { auth: { kind: "query", name: "key", env: "ACME_SECRET_KEY" } }, facts).POST("/token");
  expect(requests[0]?.url).toBe("https://api.acme.test/token");
});

test("its caller passes another credential as a header, which arrives as it is", async () => {
  const { fetch, requests } = stubFetch();
  await createAcme({ fetch }, {}, facts).POST("/token", { headers: { authorization: "Basic YTpi" } });
  expect(requests[0]?.headers.get("authorization")).toBe("Basic YTpi");
});

test("a function that fetches its token by such an operation does not wait for itself", async () => {
  const { fetch, requests } = stubFetch(({ url }) => Response.json(url.endsWith("/token") ? { token: "fresh" } : {}));
  const acme = createAcme({ fetch, auth: async () => (await acme.POST("/token")).data.token as string }, {}, facts);
  await acme.GET("/things");
  expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual([null, "Bearer fresh"]);
});

test("a 401 of such an operation asks for no other credential", async () => {
  const { fetch, requests } = stubFetch(() => new Response(null, { status: 401 }));
  const acme = createAcme({ fetch, auth: () => expect.unreachable() }, {}, facts);
  expect((await acme.safe.POST("/token")).error).toMatchObject({ name: "AuthenticationError" });
  expect(requests).toHaveLength(1);
});

test("the prefix of a header precedes the credential", async () => {
  const { fetch, requests } = stubFetch();
  const auth = { kind: "header", name: "authorization", prefix: "Token token=", env: "ACME_SECRET_KEY" } as const;
  await createAcme({ fetch }, { auth }).GET("/things");
  expect(requests[0]?.headers.get("authorization")).toBe(`Token token=${secret}`);
});
