import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { type DocumentPackage, drawDocuments } from "./draw.ts";

const codegen = createRequire(new URL("../../../packages/codegen/package.json", import.meta.url));
const names = Array.from({ length: 20 }, (_, index) => `api/acme.test/${index}.json`);

/** A registry with one package of documents, which records what is asked of it. */
async function publishDocuments(t: TestContext): Promise<{ asked: string[]; from: DocumentPackage }> {
  const folder = await mkdtemp(join(tmpdir(), "connectry-draw-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const name of [...names, "package.json", "api/acme.test/notes.yaml"]) {
    await mkdir(dirname(join(folder, "package", name)), { recursive: true });
    await writeFile(join(folder, "package", name), JSON.stringify({ name, version: "1.0.0" }));
  }
  const file = join(folder, "documents.tgz");
  await codegen("tar").create({ cwd: folder, gzip: true, file }, ["package"]);
  const tarball = await readFile(file);
  const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;

  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url?.endsWith(".tgz")) return response.end(tarball);
    const dist = { integrity, tarball: `http://${request.headers.host}/documents.tgz` };
    const versions = { "1.0.0": { name: "documents", version: "1.0.0", dist } };
    return response.end(JSON.stringify({ name: "documents", "dist-tags": { latest: "1.0.0" }, versions }));
  }).listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const env = { ...process.env, npm_config_registry: registry, npm_config_cache: join(folder, "npm") };
  return { asked, from: { id: "documents@1.0.0", integrity, cache: join(folder, "cache"), env } };
}

test("a package of documents is downloaded once, whatever is drawn of it later", async (t) => {
  const { asked, from } = await publishDocuments(t);
  const first = await drawDocuments(1, 5, from);
  assert.equal(asked.filter((url) => url.endsWith(".tgz")).length, 1);
  const downloads = asked.length;

  const other = await drawDocuments(2, 5, from);
  assert.notDeepEqual(other, first);
  assert.deepEqual(await drawDocuments(1, 5, from), first);
  assert.equal(asked.length, downloads);
  for (const file of [...first, ...other]) assert.ok((await readFile(file, "utf8")).includes("acme.test"));
});

test("a draw takes only documents, each at most once, and the same ones for a seed", async (t) => {
  const { from } = await publishDocuments(t);
  const all = await drawDocuments(3, 100, from);
  assert.deepEqual(all.map((file) => file.slice(from.cache.length + 1)).sort(), names.toSorted());
  assert.notDeepEqual(all, await drawDocuments(4, 100, from));
});

test("a tarball that is not the published one is not drawn from", async (t) => {
  const { from } = await publishDocuments(t);
  const integrity = `sha512-${createHash("sha512").update("another").digest("base64")}`;
  await assert.rejects(drawDocuments(1, 5, { ...from, integrity }), { code: "EINTEGRITY" });
});
