import fc from "fast-check";
import npa from "npm-package-arg";
import { expect, test } from "vitest";
import { parseSource } from "./source.js";

test("parseSource accepts a file of an npm package, scoped or not", () => {
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

test("parseSource resolves a relative path, and keeps an absolute one", () => {
  expect(parseSource("../acme.yaml", "/repo/specs/acme")).toEqual({ kind: "file", path: "/repo/specs/acme.yaml" });
  expect(parseSource("/tmp/acme.yaml", "/repo")).toEqual({ kind: "file", path: "/tmp/acme.yaml" });
});

test("parseSource accepts https, and http only on this machine", () => {
  expect(parseSource("https://acme.test/openapi.json", "/")).toEqual({
    kind: "url",
    url: "https://acme.test/openapi.json",
  });
  expect(parseSource("http://127.0.0.1:8080/a", "/")).toMatchObject({ kind: "url" });
  expect(() => parseSource("http://acme.test/openapi.json", "/")).toThrow(/is not https/);
  expect(() => parseSource("http://127.0.0.1.acme.test/", "/")).toThrow(/is not https/);
});

test.each([
  ["npm:acme@latest/a.json", /must name an exact version, such as 1\.2\.3, got "latest"/],
  ["npm:acme@^1.0.0/a.json", /must name an exact version/],
  ["npm:acme/a.json", /is not in the format npm:package@1\.2\.3/],
  ["npm:acme@1.0.0", /is not in the format/],
  ["npm:acme@1.0.0/../a.json", /must name a file inside the package/],
  ["git:acme/acme", /unknown scheme "git:"/],
  ["https://", /is not a URL/],
])("parseSource rejects %s with a message", (text, message) => {
  expect(() => parseSource(text, "/")).toThrow(message);
});

// npm fetches each of these from outside the registry: https://docs.npmjs.com/cli/v11/using-npm/package-spec
test.each([
  "npm:http:x@127.0.9/doc.json",
  "npm:https:x@127.0.9/doc.json",
  "npm:git+ssh:acme@1.2.3/doc.json",
  "npm:git+https:acme@1.2.3/doc.json",
  "npm:github:acme@1.2.3/doc.json",
  "npm:gist:acme@1.2.3/doc.json",
  "npm:file:folder@1.2.3/doc.json",
  "npm:npm:acme@1.2.3/doc.json",
  "npm:.@1.2.3/doc.json",
  "npm:..@1.2.3/doc.json",
  "npm:~/folder@1.2.3/doc.json",
  "npm:.hidden@1.2.3/doc.json",
  "npm:C:\\folder@1.2.3/doc.json",
  "npm:acme.tgz?x@1.2.3/doc.json",
  "npm:acme%2f..@1.2.3/doc.json",
  `npm:${"a".repeat(215)}@1.2.3/doc.json`,
])("parseSource rejects %s, which is not a package of the registry", (text) => {
  expect(() => parseSource(text, "/")).toThrow(/must name a package of the npm registry|is not in the format/);
});

test("every npm source that parseSource accepts is one that npm looks up in the registry", () => {
  const parts = fc.stringMatching(/^[a-zA-Z0-9@:+.~_?#%\\-]{1,12}$/);
  fc.assert(
    fc.property(parts, fc.oneof(parts, fc.constantFrom("1.2.3", "127.0.9", "1.0.0-rc.1")), (name, version) => {
      let source: ReturnType<typeof parseSource>;
      try {
        source = parseSource(`npm:${name}@${version}/doc.json`, "/");
      } catch {
        return;
      }
      if (source.kind !== "npm") throw new Error("not an npm source");
      expect(npa(`${source.package}@${source.version}`)).toMatchObject({ type: "version", registry: true });
    }),
  );
});

test("parseSource rejects a URL with a password, and keeps the password out of the message", () => {
  expect(() => parseSource("https://user:hunter2@acme.test/a.json", "/")).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
  );
});

test("parseSource returns a source or throws a CodegenError for any text", () => {
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

test.each(["\\\\host\\share\\a.json", "//host/share/a.json", "\\\\.\\pipe\\a", "\\\\?\\C:\\a.json"])(
  "parseSource rejects %s, a path of another computer or a device",
  (text) => {
    expect(() => parseSource(text, "/specs")).toThrow(/on another computer, or a device/);
  },
);
