import { describe, expect, test } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { heldBytes } from "../../../test/heap.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import type { ProviderFacts } from "../../provider/facts.js";
import type { RateLimit } from "../../provider/profile.js";
import { internalsOf } from "../internals.js";
import { createOperationByPath } from "./operation-by-path.js";
import { toFetch } from "./to-fetch.js";

const facts: Partial<ProviderFacts> = {
  multiSegment: ["path"],
  operations: {
    "GET /search/{kind}": { bucket: "search" },
    "GET /search/code": { bucket: "code-search" },
    "GET /repos/{owner}/{repo}/contents/{path}": { bucket: "contents" },
    "GET /compare/{base}...{head}": { bucket: "compare" },
    "GET /Accounts/{Sid}.json": { bucket: "accounts" },
    "POST /things/search": { safety: "safe" },
  },
  pages: { "/things/{id}/parts": { style: 1 } },
};
const operations = {
  GetThing: { method: "GET", path: "/things/{id}" },
  ListThings: { method: "GET", path: "/things" },
  GetNamed: { method: "GET", path: "/names/{name}" },
};

const find = createOperationByPath(internalsOf(createAcme({}, {}, facts)), operations);

describe("an operation is found by a path whose parameters are filled in", () => {
  test.each([
    ["GET", "/search/issues", "GET /search/{kind}", "search"],
    ["GET", "/search/code", "GET /search/code", "code-search"],
    ["GET", "/repos/o/r/contents/a/b/c.md", "GET /repos/{owner}/{repo}/contents/{path}", "contents"],
    ["GET", "/compare/v1.0...main", "GET /compare/{base}...{head}", "compare"],
    ["GET", "/Accounts/AC123.json", "GET /Accounts/{Sid}.json", "accounts"],
    ["GET", "/things/t_1/parts", "GET /things/{id}/parts", "default"],
    ["GET", "/things/x", "GET /things/{id}", "default"],
    ["GET", "/things", "GET /things", "default"],
    ["GET", "/names/O%27Neill", "GET /names/{name}", "default"],
  ])("%s %s is %s", (...[method, path, id, bucket]) => {
    expect(find(method, path)).toMatchObject({ id, bucket });
  });

  test("an exception of the document counts, as it does in a call", () => {
    expect(find("POST", "/things/search").safety).toBe("safe");
    expect(find("POST", "/things").safety).toBe("idempotent-with-key");
  });
});

describe("a path without a template is its own, without what looks like an id", () => {
  test.each([
    ["/v1/customers/cus_NffrFeUfNV2Hib", "GET /v1/customers/{}"],
    ["/2010-04-01/Accounts/AC8c/Messages/SM1f.json", "GET /2010-04-01/Accounts/{}/Messages/{}"],
    ["/crm/v3/objects/contacts/512", "GET /crm/v3/objects/contacts/{}"],
    ["/users/a%40b.test", "GET /users/{}"],
    ["/chat.postMessage", "GET /chat.postMessage"],
    ["/oauth2/token", "GET /oauth2/token"],
    ["/", "GET /"],
    ["//", "GET //"],
  ])("%s is %s", (path, id) => expect(find("GET", path).id).toBe(id));

  test.each([["/".repeat(5_000)], [`/repos/o/r/contents/${"a/".repeat(5_000)}`], [`/${"1%".repeat(50_000)}`]])(
    "however long it is",
    (path) => expect(find("GET", path).method).toBe("GET"),
  );
});

describe("60,000 distinct paths", () => {
  const limits: RateLimit[] = [{ bucket: "default", limit: 1_000_000, perMs: 1_000, per: "operation" }];
  const word = (index: number) => index.toString(36).replace(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "");
  const kinds: Record<string, (index: number) => string> = {
    "with ids": (index) => `/v1/customers/cus_${index}/sources`,
    "without anything that looks like an id": (index) => `/v1/${word(index)}-${word(index * 7)}/sources`,
  };

  test.each(Object.entries(kinds))("%s are a bounded number of operations", (_, pathOf) => {
    const findAny = createOperationByPath(internalsOf(createAcme()));
    const ids = new Set(Array.from({ length: 60_000 }, (_unused, index) => findAny("GET", pathOf(index)).id));
    expect(ids.size).toBeLessThanOrEqual(2_001);
  });

  test.each(Object.entries(kinds))("%s leave memory flat where each operation has a limit", async (_, pathOf) => {
    const fetch = (async () => new Response(null, { status: 204 })) as typeof globalThis.fetch;
    const send = toFetch(createAcme({ fetch, rateLimit: { limits } }));
    const sendMany = async (from: number, to: number) => {
      for (let index = from; index < to; index += 1) await send(pathOf(index));
    };
    await sendMany(0, 5_000);
    const before = heldBytes();
    await sendMany(5_000, 65_000);
    const grown = heldBytes() - before;
    expect(grown).toBeLessThan(3_000_000);
  });
});

test("requests of one operation share its limit, whatever its ids are", async () => {
  const { fetch, requests } = stubFetch();
  const limits: RateLimit[] = [{ bucket: "default", limit: 1, perMs: 3_600_000, per: "operation" }];
  const send = toFetch(createAcme({ fetch, rateLimit: { limits }, deadlineMs: 1_000 }));
  await send("/v1/customers/cus_1");
  await expect(send("/v1/customers/cus_2")).rejects.toMatchObject({ name: "QuotaExceededError" });
  await send("/v1/invoices/in_1");
  expect(requests).toHaveLength(2);
});
