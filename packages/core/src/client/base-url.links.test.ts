import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { collect } from "../../test/paged-list.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { ProviderProfile } from "../provider/profile.js";

const pagination = [{ kind: "next-url", items: ["data"], next: ["next"] }] as const;
const providers: Record<string, Partial<ProviderProfile>> = {
  "without a base path": { pagination },
  "with a base path": { pagination, baseUrl: "https://api.acme.test/v1" },
};

/** Where the second page is requested that a response links to. */
async function secondPage(
  link: string,
  baseUrl: string,
  profile: Partial<ProviderProfile> = providers["without a base path"]!,
) {
  const { fetch, requests } = stubFetch(() =>
    Response.json(requests.length === 1 ? { data: [1], next: link } : { data: [2] }),
  );
  const items = collect(createAcme({ fetch, baseUrl }, profile).paginate("/things"));
  return items.then(() => requests[1]?.url);
}

describe("R42: where a proxy replaced the address of the provider, links to the provider lead through it", () => {
  test.each([
    ["https://api.acme.test/things?page=2", "http://localhost:9/things?page=2"],
    ["/things?page=2", "http://localhost:9/things?page=2"],
    ["?page=2", "http://localhost:9/things?page=2"],
    ["http://localhost:9/things?page=2", "http://localhost:9/things?page=2"],
  ])("%s", async (link, want) => {
    expect(await secondPage(link, "http://localhost:9")).toBe(want);
  });

  test.each([
    ["https://api.acme.test/things?page=2", "http://localhost:9/acme/things?page=2"],
    ["/things?page=2", "http://localhost:9/acme/things?page=2"],
    ["?page=2", "http://localhost:9/acme/things?page=2"],
    ["http://localhost:9/acme/things?page=2", "http://localhost:9/acme/things?page=2"],
  ])("below the path of the proxy: %s", async (link, want) => {
    expect(await secondPage(link, "http://localhost:9/acme")).toBe(want);
  });

  test.each([
    ["https://api.acme.test/v1/things?page=2", "http://localhost:9/acme/things?page=2"],
    ["/v1/things?page=2", "http://localhost:9/acme/things?page=2"],
    ["/other?page=2", "http://localhost:9/other?page=2"],
  ])("of a provider with a base path: %s", async (link, want) => {
    expect(await secondPage(link, "http://localhost:9/acme", providers["with a base path"])).toBe(want);
  });

  test.each([
    "https://api.acme.test.evil.test/things",
    "https://user:pass@api.acme.test/things",
    "http://api.acme.test/things",
    "https://api.acme.test:8443/things",
    "https://evil.test/things",
    "//evil.test/things",
  ])("any other is refused: %s", async (link) => {
    expect(await rejection(secondPage(link, "http://localhost:9/acme"))).toMatchObject({ name: "ResponseParseError" });
  });
});

describe("R41: a redirect to the provider leads through the proxy, with the credential", () => {
  test.each([
    ["GET", 301, "https://api.acme.test/repositories/1"],
    ["GET", 302, "/repositories/1"],
    ["POST", 307, "https://api.acme.test/repositories/1"],
  ] as const)("%s after %i to %s", async (method, status, location) => {
    const { fetch, requests } = stubFetch(() =>
      requests.length === 1 ? new Response(null, { status, headers: { location } }) : Response.json({}),
    );
    await createAcme({ fetch, baseUrl: "http://localhost:9/acme" })[method]("/things", {
      body: method === "POST" ? {} : undefined,
    });
    expect(requests[1]).toMatchObject({ url: "http://localhost:9/acme/repositories/1", method });
    expect(requests[1]?.headers.get("authorization")).toMatch(/^Bearer /);
  });

  test("one to another origin carries none", async () => {
    const { fetch, requests } = stubFetch(() =>
      requests.length === 1
        ? new Response(null, { status: 302, headers: { location: "https://files.test/1" } })
        : Response.json({}),
    );
    await createAcme({ fetch, baseUrl: "http://localhost:9/acme" })
      .GET("/things")
      .catch(() => {});
    for (const { headers } of requests.slice(1)) expect(headers.get("authorization")).toBeNull();
  });
});
