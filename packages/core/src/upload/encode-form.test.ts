import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeForm } from "./encode-form.js";
import { reopenable } from "./reopenable.js";

/** What the platform makes of the same form, with another boundary. */
async function byPlatform(form: FormData, boundary: string): Promise<Buffer> {
  const response = new Response(form);
  const own = /boundary=(.*)$/.exec(response.headers.get("content-type") ?? "")?.[1] ?? "";
  const text = Buffer.from(await response.arrayBuffer()).toString("latin1");
  return Buffer.from(text.replaceAll(`--${own}`, `--${boundary}`), "latin1");
}

test("a form has the bytes that the platform would send, but for the boundary", async () => {
  const text = fc.string({ unit: fc.constantFrom("a", "ä", "\r", "\n", '"', "\\", "%", "😀", ";", " ") });
  // Node leaves out an empty file name, and a part without one is not a file.
  const fileName = text.filter((name) => name !== "");
  const file = fc.tuple(text, fileName, fc.constantFrom("", "image/png", "text/plain; charset=utf-8"));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, fc.oneof(text, file))), async (fields) => {
      const form = new FormData();
      for (const [name, value] of fields) {
        if (typeof value === "string") form.append(name, value);
        else form.append(name, new File([value[0]], value[1], { type: value[2] }));
      }
      const body = await encodeForm([...form]);
      const [, boundary = ""] = /^multipart\/form-data; boundary=(.*)$/.exec(body.contentType ?? "") ?? [];
      expect(Buffer.from(body.data as Uint8Array).toString()).toBe(`${await byPlatform(form, boundary)}`);
    }),
  );
});

test("a media type that would begin another header is rejected", async () => {
  const file = reopenable(async () => new Blob([]).stream(), { type: "a/b\r\nx-evil: 1" });
  await expect(encodeForm([["file", file]])).rejects.toThrow(/is not a media type/);
});
