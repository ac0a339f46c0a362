import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSource } from "./source.js";

test("reads a file of an npm package, scoped or not", () => {
  expect(parseSource("npm:@acme/sdk@1.2.3/a/b.json", "/specs")).toEqual({
    kind: "npm",
    package: "@acme/sdk",
    version: "1.2.3",
    path: "a/b.json",
  });
  expect(parseSource("npm:acme@1.0.0-rc.1/api/x.com.json", "/specs")).toMatchObject({
    package: "acme",
    version: "1.0.0-rc.1",
    path: "api/x.com.json",
  });
});

test("takes a file relative to the spec, and an absolute one as it is", () => {
  expect(parseSource("../acme.yaml", "/repo/specs/acme")).toEqual({ kind: "file", path: "/repo/specs/acme.yaml" });
  expect(parseSource("/tmp/acme.yaml", "/repo")).toEqual({ kind: "file", path: "/tmp/acme.yaml" });
});

test("takes https, and http from this machine only", () => {
  expect(parseSource("https://acme.test/openapi.json", "/")).toEqual({
    kind: "url",
    url: "https://acme.test/openapi.json",
  });
  expect(parseSource("http://127.0.0.1:8080/a", "/")).toMatchObject({ kind: "url" });
  expect(() => parseSource("http://acme.test/openapi.json", "/")).toThrow(/is not https/);
  expect(() => parseSource("http://127.0.0.1.acme.test/", "/")).toThrow(/is not https/);
});

test.each([
  ["npm:acme@latest/a.json", /pins no exact version: "latest"/],
  ["npm:acme@^1.0.0/a.json", /pins no exact version/],
  ["npm:acme/a.json", /is not of the form npm:package@1\.2\.3/],
  ["npm:acme@1.0.0", /is not of the form/],
  ["npm:acme@1.0.0/../a.json", /does not name a file inside the package/],
  ["git:acme/acme", /unknown kind "git:"/],
  ["https://", /is not a URL/],
])("refuses %s with a sentence", (text, message) => {
  expect(() => parseSource(text, "/")).toThrow(message);
});

test("refuses a URL with a password and does not repeat it", () => {
  expect(() => parseSource("https://user:hunter2@acme.test/a.json", "/")).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
  );
});

test("any text is a source or a readable refusal", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `npm:${text}`),
        fc.string().map((text) => `https://${text}`),
      ),
      (text) => {
        try {
          const source = parseSource(text, "/specs");
          if (source.kind === "npm") expect(source.path.split("/")).not.toContain("..");
          if (source.kind === "url") expect(new URL(source.url).password).toBe("");
        } catch (error) {
          expect(error).toMatchObject({ name: "CodegenError" });
        }
      },
    ),
  );
});
