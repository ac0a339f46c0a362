import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { collect, listOf } from "../../test/paged-list.js";
import { serve } from "../../test/serve.js";
import { ResponseParseError } from "../errors/call-errors.js";
import type { Pagination } from "../provider/profile.js";

describe("R42: a link to the next page never leads off the origin", () => {
  const follow = async (link: string, asHeader: boolean) => {
    const style: Pagination = asHeader
      ? { kind: "link-header", items: ["data"] }
      : { kind: "next-url", items: ["data"], next: ["next"] };
    const { acme, requests } = listOf(style, () => ({
      body: { data: [{ id: 1 }], next: link },
      ...(asHeader ? { headers: { link: `<${link}>; rel="next"` } } : {}),
    }));
    const error = await rejection(
      collect(acme.paginate("/things", { maxPages: 2 })).then(() => {
        throw new Error("The iteration ended without an error.");
      }),
    );
    for (const { url } of requests) {
      const { origin, username, password } = new URL(url);
      expect([origin, username, password]).toEqual(["https://api.acme.test", "", ""]);
    }
    return { error, requests };
  };

  test.each([
    "https://evil.test/things",
    "//evil.test/things",
    "https://api.acme.test@evil.test/things",
    "https://user:pass@api.acme.test/things",
    "https://api.acme.test:8443/things",
    "http://api.acme.test/things",
    "https://api.acme.test.evil.test/things",
    "\\\\evil.test\\things",
    "/\\evil.test/things",
    "https:\\\\evil.test",
    "https://127.0.0.1/things",
    "https://[::1]/things",
    "https://0x7f000001/",
    "ftp://api.acme.test/things",
    "javascript:alert(1)",
    "data:text/plain,x",
    "https://[",
    "https://api.acme.test%2eevil.test/",
  ])("%s is not followed", async (link) => {
    for (const asHeader of [false, true]) {
      const { error, requests } = await follow(link, asHeader);
      expect(error).toBeInstanceOf(ResponseParseError);
      expect(requests).toHaveLength(1);
    }
  });

  test("a relative link in a page that was redirected to another origin is not followed", async () => {
    const elsewhere = await serve([], { body: { data: [{ id: 1 }], next: "/more" } });
    const server = await serve([{ kind: "response", status: 302, headers: { location: `${elsewhere.url}/things` } }]);
    const style: Pagination = { kind: "next-url", items: ["data"], next: ["next"] };
    const acme = createAcme({ baseUrl: server.url }, { pagination: [style] });
    expect(await rejection(collect(acme.paginate("/things")))).toBeInstanceOf(ResponseParseError);
    expect(elsewhere.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ["/things", undefined],
    ]);
  });

  test("no link made of parts of URLs leads off the origin", async () => {
    const part = fc.constantFrom(
      "https:",
      "http:",
      "/",
      "//",
      "\\",
      "@",
      ":",
      "evil.test",
      "api.acme.test",
      ".",
      "..",
      "?",
      "#",
      "\t",
      "%2f",
      "8443",
      "[::1]",
      "user",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 8 }), async (parts) => {
        await follow(parts.join(""), false);
      }),
      { numRuns: 300 },
    );
  });
});
