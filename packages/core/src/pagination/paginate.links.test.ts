import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { collect, listOf } from "../../test/paged-list.js";
import { serve } from "../../test/serve.js";
import type { Pagination } from "../connector/profile.js";
import { ResponseParseError } from "../errors/response-parse-error.js";

describe("R42: a link to the next page never leads off the origin", () => {
  const followed = async (link: string, asHeader: boolean) => {
    const style: Pagination = asHeader
      ? { kind: "link-header", items: ["data"] }
      : { kind: "next-url", items: ["data"], next: ["next"] };
    const { acme, asked } = listOf(style, () => ({
      body: { data: [{ id: 1 }], next: link },
      ...(asHeader ? { headers: { link: `<${link}>; rel="next"` } } : {}),
    }));
    const error = await rejection(
      collect(acme.paginate("/things", { maxPages: 2 })).then(() => {
        throw new Error("ended");
      }),
    );
    for (const { url } of asked) {
      const { origin, username, password } = new URL(url);
      expect([origin, username, password]).toEqual(["https://api.acme.test", "", ""]);
    }
    return { error, asked };
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
  ])("%s", async (link) => {
    for (const asHeader of [false, true]) {
      const { error, asked } = await followed(link, asHeader);
      expect(error).toBeInstanceOf(ResponseParseError);
      expect(asked).toHaveLength(1);
    }
  });

  test("nor does a relative one, of a page that was itself redirected to another origin", async () => {
    const elsewhere = await serve([], { body: { data: [{ id: 1 }], next: "/more" } });
    const server = await serve([{ kind: "answer", status: 302, headers: { location: `${elsewhere.url}/things` } }]);
    const style: Pagination = { kind: "next-url", items: ["data"], next: ["next"] };
    const acme = createAcme({ baseUrl: server.url }, { pagination: [style] });
    expect(await rejection(collect(acme.paginate("/things")))).toBeInstanceOf(ResponseParseError);
    expect(elsewhere.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ["/things", undefined],
    ]);
  });

  test("whatever the link is", async () => {
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
        await followed(parts.join(""), false);
      }),
      { numRuns: 300 },
    );
  });
});
