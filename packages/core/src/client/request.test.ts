import { describe, expect, expectTypeOf, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { collect } from "../../test/paged-list.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { Pagination } from "../provider/profile.js";

describe("a path that the document does not have", () => {
  test("is called with the credential, the parameters, and the body in the provider's form", async () => {
    const { fetch, requests } = stubFetch(() => Response.json({ id: "w_1" }));
    const acme = createAcme({ fetch }, { body: "form-brackets", query: "brackets" });
    const { data, response } = await acme.request<{ id: string }>("POST", "/v2/widgets/{widget}/parts", {
      params: { path: { widget: "a/b" }, query: { expand: ["x"] } },
      body: { size: { width: 1 } },
      idempotencyKey: "key-1",
    });
    expectTypeOf(data).toEqualTypeOf<{ id: string }>();
    expect(data).toEqual({ id: "w_1" });
    expect(response.idempotencyKey).toBe("key-1");
    const [request] = requests;
    expect(request).toMatchObject({
      method: "POST",
      url: "https://api.acme.test/v2/widgets/a%2Fb/parts?expand%5B0%5D=x",
      body: "size%5Bwidth%5D=1",
    });
    expect(request?.headers.get("authorization")).toMatch(/^Bearer /);
    expect(request?.headers.get("idempotency-key")).toBe("key-1");
  });

  test("is sent again as any call: a read, and a write that was not applied", async () => {
    for (const method of ["GET", "PATCH"] as const) {
      const { fetch, requests } = stubFetch(() => new Response(null, { status: requests.length === 1 ? 429 : 204 }));
      await createAcme({ fetch, random: () => 0 }).request(method, "/v2/widgets");
      expect(requests).toHaveLength(2);
    }
  });

  test("throws the typed errors, and returns them from `safe`", async () => {
    const { fetch } = stubFetch(() => Response.json({ error: { message: "gone" } }, { status: 404 }));
    const acme = createAcme({ fetch });
    expect(await rejection(acme.request("GET", "/v2/widgets"))).toMatchObject({
      name: "NotFoundError",
      operation: "GET /v2/widgets",
    });
    const { error, data } = await acme.safe.request<{ id: string }, { error: { message: string } }>(
      "GET",
      "/v2/widgets",
    );
    expect([error?.name, data]).toEqual(["NotFoundError", undefined]);
  });

  test.each([
    ["application/json", '{"a":1}', { a: 1 }],
    ["text/csv", "a,b", "a,b"],
    ["application/octet-stream", "\u0001", new Uint8Array([1])],
  ])("responds with %s", async (type, body, want) => {
    const { fetch } = stubFetch(() => new Response(body, { headers: { "content-type": type } }));
    expect((await createAcme({ fetch }).request("GET", "/v2/export")).data).toEqual(want);
  });

  test("is read as a stream", async () => {
    const { fetch } = stubFetch(() => new Response("abc"));
    const { data } = await createAcme({ fetch }).stream.request("GET", "/v2/export");
    expect(await new Response(data).text()).toBe("abc");
  });

  test.each([
    ["get", "/v2/widgets", /`get` must be one of GET POST/],
    ["GET", "v2/widgets", /must start with a slash/],
    ["GET", "https://evil.test/", /must start with a slash/],
    ["GET", "/v2/../admin", /dot segment/],
  ])("%s %s is refused", async (method, path, message) => {
    const { fetch, requests } = stubFetch();
    const error = await rejection(createAcme({ fetch }).request(method as "GET", path));
    expect(error).toMatchObject({ name: "ConfigurationError" });
    expect(error.message.replaceAll(",", "")).toMatch(message);
    expect(requests).toEqual([]);
  });

  test("R41: stays on the provider's origin, whatever it begins with", async () => {
    const { fetch, requests } = stubFetch();
    await createAcme({ fetch }).request("GET", "//evil.test/things");
    expect(new URL(requests[0]!.url).origin).toBe("https://api.acme.test");
  });
});

describe("a list that the document does not have is iterated over", () => {
  const pagination: Pagination[] = [
    { kind: "link-header", items: ["data"] },
    { kind: "next-url", items: ["results"], next: ["next"] },
  ];

  test("in the provider's first style", async () => {
    const { fetch, requests } = stubFetch(() => {
      const headers = { link: '<https://api.acme.test/v2/widgets?page=2>; rel="next"' };
      return Response.json({ data: [requests.length] }, requests.length === 1 ? { headers } : {});
    });
    expect(await collect(createAcme({ fetch }, { pagination }).paginateRequest("/v2/widgets"))).toEqual([1, 2]);
  });

  test("in another one, with its own method and items", async () => {
    const { fetch, requests } = stubFetch(() =>
      Response.json({ found: [requests.length], ...(requests.length === 1 && { next: "/v2/search?page=2" }) }),
    );
    const pages = createAcme({ fetch }, { pagination }).paginateRequest<number>("/v2/search", {
      list: { method: "POST", style: 1, items: ["found"] },
      body: { query: "x" },
      maxPages: 5,
    });
    expect(await collect(pages)).toEqual([1, 2]);
    expect(requests.map(({ method, url }) => `${method} ${new URL(url).search}`)).toEqual(["POST ", "POST ?page=2"]);
  });

  test("as the document says, where it has it", async () => {
    const { fetch } = stubFetch(() => Response.json({ parts: [1] }));
    const acme = createAcme({ fetch }, { pagination }, { pages: { "/parts": { items: ["parts"] } } });
    expect(await collect(acme.paginateRequest("/parts"))).toEqual([1]);
  });
});
