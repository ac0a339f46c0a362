import { Readable } from "node:stream";
import { FormData as OtherFormData } from "undici";
import { describe, expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { rejection } from "../../test/call.js";
import { stubFetch } from "../../test/stub-fetch.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import type { ProviderProfile } from "../provider/profile.js";

/** The text of the body that is sent, and its content type. */
async function sent(body: unknown, profile: Partial<ProviderProfile> = {}, headers: Record<string, string> = {}) {
  const { fetch, requests } = stubFetch();
  await createAcme({ fetch }, profile).POST("/things", { body, headers });
  const request = requests[0];
  const text = request?.body === undefined ? undefined : await new Response(request.body as BodyInit).text();
  return { text, type: request?.headers.get("content-type") ?? undefined };
}

const form = "application/x-www-form-urlencoded";
const date = new Date("2026-01-02T03:04:05.678Z");
const seconds = { dates: "unix-seconds" } as const;

describe("a JSON body", () => {
  test.each<[given: unknown, want: string]>([
    [{ a: 1, b: "x", c: null, d: undefined, e: [], f: {} }, '{"a":1,"b":"x","c":null,"e":[],"f":{}}'],
    [[1, [2]], "[1,[2]]"],
    ["text", '"text"'],
    [0, "0"],
    [false, "false"],
    [null, "null"],
    [{ at: date }, '{"at":"2026-01-02T03:04:05.678Z"}'],
  ])("of %j is %s", async (given, want) => {
    expect(await sent(given)).toEqual({ text: want, type: "application/json" });
  });

  test("has its dates in the format of the provider", async () => {
    expect((await sent({ at: [date], of: { at: date } }, seconds)).text).toBe(
      '{"at":[1767323045],"of":{"at":1767323045}}',
    );
  });

  test("is omitted where it is undefined, with its content type", async () => {
    expect(await sent(undefined)).toEqual({ text: undefined, type: undefined });
  });

  test.each([
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
  ])("of %s is rejected", async (_, body) => {
    expect(await rejection(sent(body))).toBeInstanceOf(ConfigurationError);
  });

  test("that contains itself is rejected", async () => {
    const ring: Record<string, unknown> = {};
    ring.ring = ring;
    const error = await rejection(sent(ring));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toMatch(/^POST \/things: .*circular/);
  });

  test("R47: may contain __proto__, which is data", async () => {
    expect((await sent(JSON.parse('{"__proto__":{"polluted":1}}'))).text).toBe('{"__proto__":{"polluted":1}}');
    expect((await sent(JSON.parse('{"__proto__":{"polluted":1}}'), { body: "form-brackets" })).text).toBe(
      "__proto__%5Bpolluted%5D=1",
    );
  });
});

describe("a form body", () => {
  const body = {
    s: "a b&c",
    n: 1,
    t: true,
    nil: null,
    gone: undefined,
    at: date,
    list: ["x", { y: 1 }],
    none: [],
    of: { a: [1, 2], b: { c: "d" }, e: null },
  };
  test.each<[ProviderProfile["body"], string]>([
    [
      "form-brackets",
      "s=a b&c&n=1&t=true&nil=&at=1767323045&list[0]=x&list[1][y]=1&none=&of[a][0]=1&of[a][1]=2&of[b][c]=d&of[e]=",
    ],
    ["form-repeat", 's=a b&c&n=1&t=true&nil=&at=1767323045&list=x&list={"y":1}&of={"a":[1,2],"b":{"c":"d"},"e":null}'],
    [
      "form-json",
      's=a b&c&n=1&t=true&nil=&at=1767323045&list=["x",{"y":1}]&none=[]&of={"a":[1,2],"b":{"c":"d"},"e":null}',
    ],
  ])("is written as %s", async (style, want) => {
    const { text, type } = await sent(body, { body: style, ...seconds });
    expect(decodeURIComponent(text ?? "")).toBe(want);
    expect(type).toBe(form);
    expect(text).toContain("s=a%20b%26c");
  });

  test("without fields is empty, and still a form", async () => {
    expect(await sent({}, { body: "form-brackets" })).toEqual({ text: "", type: form });
  });

  test.each([["text"], [7], [null], [true]])("of %j is rejected, because it has no fields", async (given) => {
    const error = await rejection(sent(given, { body: "form-brackets" }));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toMatch(/^POST \/things: (a \w+|null) cannot be form-encoded: pass an object/);
  });

  test("that is nested deeper than 32 levels is rejected", async () => {
    let deep: unknown = 1;
    for (let i = 0; i < 40; i += 1) deep = { deep };
    expect((await rejection(sent({ deep }, { body: "form-brackets" }))).message).toMatch(
      /nested deeper than 32 levels/,
    );
  });
});

describe("a multipart body", () => {
  test("contains text fields, repeated fields, nested values as JSON, and files", async () => {
    const file = new File(["content"], "a.txt", { type: "text/plain" });
    const body = {
      name: "x",
      tags: ["a", "b"],
      meta: { a: 1 },
      at: date,
      skip: null,
      gone: undefined,
      file,
      raw: new Uint8Array([65, 66]),
    };
    const { text, type } = await sent(body, { body: "multipart" });
    const arrived = await new Response(text, { headers: { "content-type": type ?? "" } }).formData();
    expect([...arrived.keys()]).toEqual(["name", "tags", "tags", "meta", "at", "file", "raw"]);
    expect(arrived.getAll("tags")).toEqual(["a", "b"]);
    expect(arrived.get("meta")).toBe('{"a":1}');
    expect(arrived.get("at")).toBe("2026-01-02T03:04:05.678Z");
    expect(arrived.get("file")).toMatchObject({ name: "a.txt", type: "text/plain" });
    expect(await (arrived.get("raw") as File).text()).toBe("AB");
    expect(type).toMatch(/^multipart\/form-data; boundary=/);
  });

  test("writes nested values in brackets where the other bodies of the provider are written so", async () => {
    const { fetch, requests } = stubFetch();
    const operations = { "POST /files": { body: "multipart" } } as const;
    const body = {
      expand: ["a"],
      link: { create: true, at: date },
      file: new Blob(["x"]),
      files: [new Blob(["y"]), new Blob(["z"])],
    };
    await createAcme({ fetch }, { body: "form-brackets", ...seconds }, { operations }).POST("/files", { body });
    const type = requests[0]?.headers.get("content-type") ?? "";
    const arrived = await new Response(requests[0]?.body as BodyInit, { headers: { "content-type": type } }).formData();
    expect([...arrived].filter(([, value]) => typeof value === "string")).toEqual([
      ["expand[0]", "a"],
      ["link[create]", "true"],
      ["link[at]", "1767323045"],
    ]);
    expect([arrived.getAll("file").length, arrived.getAll("files").length]).toEqual([1, 2]);
  });

  test("contains only the bytes of a view, not those of its larger buffer", async () => {
    const view = new Uint8Array([1, 65, 66, 2]).subarray(1, 3);
    const { text, type } = await sent({ raw: view }, { body: "multipart" });
    const arrived = await new Response(text, { headers: { "content-type": type ?? "" } }).formData();
    expect(await (arrived.get("raw") as File).text()).toBe("AB");
  });
});

describe("a body that is already encoded is sent as it is, whatever the form of the operation", () => {
  for (const body of ["json", "form-brackets", "multipart", "raw"] as const) {
    describe(body, () => {
      const send = (given: unknown) => sent(given, { body });

      test("URLSearchParams", async () => {
        expect(await send(new URLSearchParams({ a: "b c" }))).toEqual({ text: "a=b+c", type: `${form};charset=UTF-8` });
      });

      test("FormData, of the platform or of undici", async () => {
        for (const data of [new FormData(), new OtherFormData()]) {
          data.append("a", "b");
          data.append("file", new Blob(["content"]) as never, "a.txt");
          const { text, type } = await send(data);
          const arrived = await new Response(text, { headers: { "content-type": type ?? "" } }).formData();
          expect(arrived.get("a")).toBe("b");
          expect(await (arrived.get("file") as File).text()).toBe("content");
          expect((arrived.get("file") as File).name).toBe("a.txt");
        }
      });

      test("a Blob, with its type", async () => {
        expect(await send(new Blob(["x"], { type: "image/png" }))).toEqual({ text: "x", type: "image/png" });
        expect(await send(new Blob(["x"]))).toEqual({ text: "x", type: undefined });
      });

      test("bytes in a typed array, a buffer, or a view", async () => {
        const bytes = new TextEncoder().encode("-abc-").subarray(1, 4);
        const own = bytes.slice();
        for (const given of [bytes, own.buffer, new DataView(own.buffer), Buffer.from("abc")]) {
          expect(await send(given)).toEqual({ text: "abc", type: undefined });
        }
      });

      test("a web stream or a Node stream", async () => {
        expect((await send(new Response("abc").body)).text).toBe("abc");
        expect((await send(Readable.from([Buffer.from("a"), Buffer.from("bc")]))).text).toBe("abc");
      });
    });
  }

  test("text, where the form of the operation is raw", async () => {
    expect((await sent("a,b", { body: "raw" })).text).toBe("a,b");
    expect(await rejection(sent({ a: 1 }, { body: "raw" }))).toBeInstanceOf(ConfigurationError);
  });
});

describe("the content type", () => {
  test("that the caller sets takes precedence over that of the body", async () => {
    expect((await sent({ a: 1 }, {}, { "Content-Type": "application/merge-patch+json" })).type).toBe(
      "application/merge-patch+json",
    );
    expect((await sent(new Uint8Array([1]), {}, { "content-type": "image/png" })).type).toBe("image/png");
  });
});
