import { describe, expect, test } from "vitest";
import { createAcme } from "../../../test/acme.js";
import { rejection } from "../../../test/call.js";
import { stubFetch } from "../../../test/stub-fetch.js";
import { toFetch } from "./to-fetch.js";

const profile = { baseUrl: "https://api.acme.test/v1", origins: ["https://files.acme.test"] };

/** Where a request to an address goes, with the credential. */
async function sentTo(address: string, baseUrl?: string) {
  const { fetch, requests } = stubFetch();
  const acme = createAcme({ fetch, ...(baseUrl && { baseUrl }) }, profile);
  await toFetch(acme)(address);
  expect(requests[0]?.headers.get("authorization")).toMatch(/^Bearer /);
  return requests[0]?.url;
}

describe("the other origins of the provider are reached, with the credential", () => {
  test.each(["https://files.acme.test/v1/files?a=1", "https://api.acme.test/v1/things", "https://api.acme.test/other"])(
    "%s",
    async (address) => expect(await sentTo(address)).toBe(address),
  );
});

describe("where the base URL was replaced, addresses of the provider lead to the replacement", () => {
  test.each([
    ["https://api.acme.test/v1/things?a=1", "http://127.0.0.1:9/proxy/things?a=1"],
    ["https://files.acme.test/files/1", "http://127.0.0.1:9/proxy/files/1"],
    ["https://api.acme.test/oauth", "http://127.0.0.1:9/oauth"],
    ["http://127.0.0.1:9/proxy/things", "http://127.0.0.1:9/proxy/things"],
    ["things", "http://127.0.0.1:9/proxy/things"],
  ])("%s", async (address, expected) => expect(await sentTo(address, "http://127.0.0.1:9/proxy")).toBe(expected));
});

test("R41: an address on no origin of the provider is refused, and the message names those that are", async () => {
  for (const address of ["https://evil.test/", "http://files.acme.test/", "https://files.acme.test.evil.test/"]) {
    const error = await rejection(sentTo(address));
    expect(error).toMatchObject({ name: "ConfigurationError" });
    expect(error.message).toContain("https://api.acme.test or https://files.acme.test");
  }
});

test("the fragment of an address is not sent", async () => {
  expect(await sentTo("/things?a=1#b")).toBe("https://api.acme.test/things?a=1");
});
