import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../test/temp-folder.js";
import { cacheFolder, createDocumentCache } from "./document-cache.js";
import type { DocumentPin } from "./document-pin.js";
import { sha256 } from "./sha256.js";

const bytes = Buffer.from("a document");
const pin: DocumentPin = {
  name: "acme",
  source: { kind: "url", url: "https://acme.test/a.json" },
  origin: "https://acme.test/a.json",
  sha256: sha256(bytes),
};

test("the cache returns the exact bytes that were stored", async () => {
  const cache = createDocumentCache(join(await tempFolder(), "cache"));
  expect(await cache.read(pin)).toBeUndefined();
  await cache.write(pin, bytes);
  expect(await cache.read(pin)).toEqual(bytes);
});

test("the cache deletes bytes that were changed on disk instead of returning them", async () => {
  const folder = await tempFolder();
  const cache = createDocumentCache(folder);
  await cache.write(pin, bytes);
  const file = join(folder, "documents", pin.sha256);
  await writeFile(file, "something else");
  expect(await cache.read(pin)).toBeUndefined();
  await expect(readFile(file)).rejects.toThrow(/ENOENT/);
});

test("the cache does not treat a changed pin as verified, although it has the document", async () => {
  const cache = createDocumentCache(await tempFolder());
  await cache.write(pin, bytes);
  expect(await cache.read({ ...pin, origin: "https://acme.test/b.json" })).toBeUndefined();
  expect(await cache.read({ ...pin, integrity: "sha512-other" })).toBeUndefined();
});

test("concurrent writers leave one complete file and no temporary files", async () => {
  const folder = await tempFolder();
  await Promise.all(Array.from({ length: 20 }, () => createDocumentCache(folder).write(pin, bytes)));
  expect(await readdir(join(folder, "documents"))).toEqual([pin.sha256]);
  expect(await createDocumentCache(folder).read(pin)).toEqual(bytes);
});

test("the cache names a folder that cannot be written, and how to choose another", async () => {
  const folder = await tempFolder({ blocked: "a file where a folder should be" });
  await chmod(join(folder, "blocked"), 0o400);
  await expect(createDocumentCache(join(folder, "blocked")).write(pin, bytes)).rejects.toThrow(
    /blocked cannot be written.*\n.*CONNECTRY_CACHE/,
  );
});

test.each([
  [{ CONNECTRY_CACHE: "/c", XDG_CACHE_HOME: "/x", HOME: "/h" }, "/c"],
  [{ XDG_CACHE_HOME: "/x", HOME: "/h" }, "/x/connectry"],
  [{ XDG_CACHE_HOME: "relative", HOME: "/h" }, "/h/.cache/connectry"],
  [{ HOME: "/h" }, "/h/.cache/connectry"],
])("with %j the folder of the cache is %s", (env, folder) => {
  expect(cacheFolder(env)).toBe(folder);
});
