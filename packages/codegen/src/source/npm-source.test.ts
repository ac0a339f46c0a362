import { PassThrough } from "node:stream";
import pacote from "pacote";
import { Parser } from "tar";
import { expect, test } from "vitest";
import { publish, serveRegistry } from "../../test/npm-registry.js";
import { testEnvironment } from "../../test/run-cli.js";
import { tempFolder } from "../../test/temp-folder.js";
import { loadNpmSettings } from "./npm-settings.js";
import { fetchFromTarball, readContents } from "./npm-source.js";

const task = { add: () => {}, end: () => {} };

test("fetchFromTarball rejects a file that is too large, and returns the other files of the tarball", async () => {
  const acme = await publish("acme", "1.0.0", { "large.json": "x".repeat(3_000_000), "small.json": "{}" });
  const registry = await serveRegistry([acme]);
  const folder = await tempFolder();
  const settings = await loadNpmSettings(testEnvironment(folder, registry.url), folder);
  const tarball = { package: "acme", version: "1.0.0", integrity: acme.integrity };
  const options = { settings, task, maxBytes: 1024 * 1024 };
  const files = await fetchFromTarball(tarball, ["large.json", "small.json"], options);
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
      return readContents(stream, { Parser, paths: new Set(["a.json"]) }, { task, maxBytes: 100 });
    },
    { ...settings, integrity: acme.integrity },
  );
  expect(String(contents.files.get("a.json"))).toBe("A");
  expect(contents.names.toSorted()).toEqual(["a.json", "package.json"]);
});

test("a tarball whose stream fails at once rejects the reading, and nothing else", async () => {
  const stream = new PassThrough();
  const reading = readContents(stream, { Parser, paths: new Set() }, { task, maxBytes: 100 });
  stream.emit("error", new Error("broken"));
  await expect(reading).rejects.toThrow("broken");
});

test("fetchFromTarball accepts a tarball that is published without a hash", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A" });
  const registry = await serveRegistry([{ ...acme, integrity: "" }]);
  const folder = await tempFolder();
  const settings = await loadNpmSettings(testEnvironment(folder, registry.url), folder);
  const files = await fetchFromTarball({ package: "acme", version: "1.0.0", integrity: undefined }, ["a.json"], {
    settings,
    task,
  });
  expect(files.get("a.json")?.toString()).toBe("A");
});

test("loadNpmSettings ignores the arguments of this process", async () => {
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

test("loadNpmSettings drops the one-time password, which npm would send to every address", async () => {
  const folder = await tempFolder();
  const env = { ...testEnvironment(folder), npm_config_otp: "123456" };
  expect(JSON.stringify(await loadNpmSettings(env, folder))).not.toContain("123456");
});
