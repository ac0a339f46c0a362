import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { Header, Parser } from "tar";
import { expect, test } from "vitest";
import { serveRegistry } from "../../test/npm-registry.js";
import { testEnvironment } from "../../test/run-cli.js";
import { tempFolder } from "../../test/temp-folder.js";
import { nearestNames } from "../text/nearest-names.js";
import { loadNpmSettings } from "./npm-settings.js";
import { fetchFromTarball, readContents } from "./npm-source.js";

const entriesOfBlock = 1_000;

/** A tarball of empty files; a gzip file can consist of several (RFC 1952, 2.2), so its blocks are compressed once. */
function tarballOf(blocks: number, last = Buffer.alloc(1024)): Buffer {
  const headers = Array.from({ length: entriesOfBlock }, (_, index) => {
    const header = new Header({ path: `package/file-${index}.json`, type: "File", size: 0, mode: 0o644 });
    header.encode();
    return header.block!;
  });
  const block = gzipSync(Buffer.concat(headers));
  return Buffer.concat([...Array.from({ length: blocks }, () => block), gzipSync(last)]);
}

test("a tarball with 1.5 million entries is refused after 100,000", async () => {
  let read = 0;
  class CountingParser extends Parser {
    constructor(options: ConstructorParameters<typeof Parser>[0]) {
      const { onReadEntry } = options!;
      super({
        ...options,
        onReadEntry(entry) {
          read += 1;
          onReadEntry!(entry);
        },
      });
    }
  }
  const tarball = tarballOf(1_500);
  const chunks = Array.from({ length: Math.ceil(tarball.length / 65_536) }, (_, index) =>
    tarball.subarray(index * 65_536, (index + 1) * 65_536),
  );
  const stream = Readable.from(chunks);
  const reading = readContents(stream, { Parser: CountingParser, paths: new Set() }, { task: { add() {}, end() {} } });
  await expect(reading).rejects.toThrow(/The tarball has more than 100000 entries/);
  expect(read).toBeLessThan(101_000);
});

test("a registry's tarball with 1.5 million entries ends in our error", async () => {
  const acme = { name: "acme", version: "1.0.0", tarball: tarballOf(1_500), integrity: "" };
  const registry = await serveRegistry([acme]);
  const folder = await tempFolder();
  const settings = await loadNpmSettings(testEnvironment(folder, registry.url), folder);
  const task = { add: () => {}, end: () => {} };
  const fetching = fetchFromTarball({ package: "acme", version: "1.0.0", integrity: undefined }, ["a.json"], {
    settings,
    task,
  });
  await expect(fetching).rejects.toMatchObject({
    name: "CodegenError",
    message: expect.stringContaining("100000 entries"),
  });
});

test("nearestNames does not compare names whose length differs too much", () => {
  const long = "x".repeat(1_000_000);
  expect(nearestNames(`${long}.json`, ["a.json", "b.json"])).toEqual([]);
  expect(nearestNames("a.json", [long])).toEqual([]);
});
