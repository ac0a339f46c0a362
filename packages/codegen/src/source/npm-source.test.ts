import { PassThrough } from "node:stream";
import pacote from "pacote";
import { Parser } from "tar";
import { expect, test } from "vitest";
import { publish, serveRegistry } from "../testing/npm-registry.js";
import { testEnvironment } from "../testing/run-cli.js";
import { tempFolder } from "../testing/temp-folder.js";
import { loadNpmSettings } from "./npm-settings.js";
import { fetchFromTarball, readContents } from "./npm-source.js";

const task = { add: () => {}, end: () => {} };

test("a file past the limit is refused by itself, and the others of the tarball are had", async () => {
  const acme = await publish("acme", "1.0.0", { "large.json": "x".repeat(3_000_000), "small.json": "{}" });
  const registry = await serveRegistry([acme]);
  const folder = await tempFolder();
  const settings = await loadNpmSettings(testEnvironment(folder, registry.url), folder);
  const tarball = { package: "acme", version: "1.0.0", integrity: acme.integrity };
  const files = await fetchFromTarball(tarball, ["large.json", "small.json"], settings, task, 1024 * 1024);
  expect(files.get("small.json")?.toString()).toBe("{}");
  expect(files.get("large.json")).toMatchObject({
    name: "CodegenError",
    message: expect.stringContaining("large.json is larger than 1 MB"),
  });
});

test("a tarball that arrived before it is read loses none of its bytes", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A" });
  const registry = await serveRegistry([acme]);
  const folder = await tempFolder();
  const settings = await loadNpmSettings(testEnvironment(folder, registry.url), folder);
  const contents = await pacote.tarball.stream(
    "acme@1.0.0",
    async (stream) => {
      await expect.poll(() => (stream as unknown as { bufferLength: number }).bufferLength).toBe(acme.tarball.length);
      return readContents(stream, Parser, { wanted: new Set(["a.json"]), task, limit: 100 });
    },
    { ...settings, integrity: acme.integrity },
  );
  expect(String(contents.files.get("a.json"))).toBe("A");
  expect(contents.names.toSorted()).toEqual(["a.json", "package.json"]);
});

test("a tarball that fails as soon as it is handed over fails the reading, and nothing else", async () => {
  const stream = new PassThrough();
  const reading = readContents(stream, Parser, { wanted: new Set(), task, limit: 100 });
  stream.emit("error", new Error("broken"));
  await expect(reading).rejects.toThrow("broken");
});

test("what is published without a hash is taken on the document's own", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A" });
  const registry = await serveRegistry([{ ...acme, integrity: "" }]);
  const folder = await tempFolder();
  const settings = await loadNpmSettings(testEnvironment(folder, registry.url), folder);
  const files = await fetchFromTarball(
    { package: "acme", version: "1.0.0", integrity: undefined },
    ["a.json"],
    settings,
    task,
  );
  expect(files.get("a.json")?.toString()).toBe("A");
});

test("the command's own arguments are not taken for npm's", async () => {
  const folder = await tempFolder();
  const before = process.argv;
  process.argv = [...before, "--registry=https://evil.test/"];
  try {
    expect((await loadNpmSettings(testEnvironment(folder, "http://127.0.0.1:1"), folder)).registry).toBe(
      "http://127.0.0.1:1/",
    );
  } finally {
    process.argv = before;
  }
});
