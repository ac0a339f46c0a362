import { expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";
import { stubFetch } from "../../test/stub-fetch.js";
import type { OperationFacts } from "../provider/facts.js";
import { reopenable } from "../upload/reopenable.js";

/** The type and the text of a body that is sent under these facts, with the boundary as `B`. */
async function sent(body: unknown, facts: OperationFacts, headers?: Record<string, string>) {
  const { fetch, requests } = stubFetch();
  const acme = createAcme({ fetch }, {}, { operations: { "POST /things": facts } });
  await acme.POST("/things", { body, ...(headers && { headers }) });
  const type = requests[0]?.headers.get("content-type") ?? "";
  const [, boundary = "none"] = /boundary=(.*)$/.exec(type) ?? [];
  const text = await new Response(requests[0]?.body as BodyInit).text();
  return { type: type.replace(boundary, "B"), text: text.replaceAll(boundary, "B") };
}

const patch = { contentType: "application/merge-patch+json" };
const csv = { body: "raw", contentType: "text/csv" } as const;
const bytes = { body: "raw", contentType: "application/octet-stream" } as const;

test.each<[title: string, body: unknown, facts: OperationFacts, type: string]>([
  ["JSON of another type", { a: null }, patch, "application/merge-patch+json"],
  ["a text", "a,b", csv, "text/csv"],
  ["bytes", new Uint8Array([1]), bytes, "application/octet-stream"],
  ["a file without a type", new Blob(["a"]), bytes, "application/octet-stream"],
  ["a file with a type", new Blob(["a"], { type: "application/zip" }), bytes, "application/zip"],
  ["a stream", new Blob(["a"]).stream(), bytes, "application/octet-stream"],
  ["a body that reopens", reopenable(() => new Blob(["a"]).stream(), { size: 1 }), bytes, "application/octet-stream"],
  ["bytes of any type", new Uint8Array([1]), { body: "raw" }, ""],
])("the body is sent as what the document says it is: %s", async (...row) => {
  const [, body, facts, type] = row;
  expect((await sent(body, facts)).type).toBe(type);
});

test("a caller's content type takes precedence over the document's", async () => {
  const mine = { "content-type": "application/x-mine" };
  for (const [body, facts] of [
    [{ a: 1 }, patch],
    ["a", csv],
    [new Uint8Array([1]), bytes],
  ] as const)
    expect((await sent(body, facts, mine)).type).toBe("application/x-mine");
});

const part = (name: string, text: string, type?: string) =>
  `--B\r\nContent-Disposition: form-data; name="${name}"${type ? `\r\nContent-Type: ${type}` : ""}\r\n\r\n${text}\r\n`;

test("parts of a multipart form are of the types that the document has; an object is JSON", async () => {
  const encoding = { list: "application/json", csv: "text/csv" } as const;
  const body = { object: { a: 1 }, list: [1, 2], csv: "a,b", text: "t", many: ["x", { y: 1 }] };
  expect(await sent(body, { body: "multipart", encoding })).toEqual({
    type: "multipart/form-data; boundary=B",
    text: [
      part("object", '{"a":1}', "application/json"),
      part("list", "[1,2]", "application/json"),
      part("csv", "a,b", "text/csv"),
      part("text", "t"),
      part("many", "x"),
      part("many", '{"y":1}', "application/json"),
      "--B--\r\n",
    ].join(""),
  });
});

test("a file of a multipart form has its own type, else that of the document", async () => {
  const encoding = { a: "image/png", b: "image/png" } as const;
  const files = { a: new Blob(["x"]), b: new Blob(["x"], { type: "image/gif" }), c: new Uint8Array([1]) };
  const { text } = await sent(files, { body: "multipart", encoding });
  expect([...text.matchAll(/Content-Type: (.*)\r/g)].map(([, type]) => type)).toEqual([
    "image/png",
    "image/gif",
    "application/octet-stream",
  ]);
});

test("parts are mixed or related where the document says so, and related ones name the type of the first", async () => {
  const mixed = await sent({ a: { b: 1 } }, { body: "multipart", contentType: "multipart/mixed" });
  expect(mixed.type).toBe("multipart/mixed; boundary=B");
  // RFC 2387, section 3.1
  const related = await sent(
    { a: { b: 1 }, f: new Blob(["x"]) },
    { body: "multipart", contentType: "multipart/related" },
  );
  expect(related.type).toBe('multipart/related; type="application/json"; boundary=B');
});

test("single fields of a form are encoded as the document says, and the others as always", async () => {
  const encoding = { tags: "comma", meta: "brackets", data: "json", pipes: "pipe" } as const;
  const body = { tags: ["a,b", "c"], meta: { k: 1 }, data: ["x"], pipes: [1, 2], ids: [1, 2], of: { a: 1 } };
  expect((await sent(body, { body: "form-repeat", encoding })).text).toBe(
    "tags=a%2Cb,c&meta%5Bk%5D=1&data=%5B%22x%22%5D&pipes=1%7C2&ids=1&ids=2&of=%7B%22a%22%3A1%7D",
  );
});
