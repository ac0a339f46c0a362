import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CodegenError } from "../codegen-error.js";
import type { DocumentPin } from "../spec/provider-spec.js";
import { serve } from "../testing/local-server.js";
import { integrityOf, publish, registryHandler, serveRegistry } from "../testing/npm-registry.js";
import { testEnvironment } from "../testing/run-cli.js";
import { tempFolder, writeFiles } from "../testing/temp-folder.js";
import { createDocumentCache } from "./document-cache.js";
import { loadNpmSettings } from "./npm-settings.js";
import { type PullContext, pullDocuments } from "./pull-documents.js";
import { sha256 } from "./sha256.js";
import { parseSource } from "./source.js";

function pinOf(origin: string, content: string | Uint8Array, more: Partial<DocumentPin> = {}): DocumentPin {
  return { name: "acme", source: parseSource(origin, "/"), origin, sha256: sha256(content), ...more };
}

/** A user's machine: a home with npm settings, and an empty cache. */
async function machine(env: Record<string, string> = {}) {
  const folder = await tempFolder();
  const all = { ...testEnvironment(folder), ...env };
  const context: PullContext = {
    cache: createDocumentCache(join(folder, ".cache")),
    npmSettings: () => loadNpmSettings(all, folder),
    progress: { start: () => ({ add: () => {}, end: () => {} }) },
  };
  return {
    folder,
    context,
    hasCached: (content: string) => existsSync(join(folder, ".cache", "documents", sha256(content))),
    async pull(...pins: DocumentPin[]) {
      const results = await pullDocuments(pins, context);
      return pins.map((pin) => {
        const result = results.get(pin);
        if (result?.kind === "pulled") return `${result.from}: ${result.bytes.toString()}`;
        return result?.error instanceof CodegenError ? result.error.message : `no sentence: ${String(result?.error)}`;
      });
    },
  };
}

test("keeps one file of a tarball, and takes it from the cache the next time", async () => {
  const acme = await publish("@acme/sdk", "1.0.0", { "openapi.json": "the document", "other.json": "x" });
  const registry = await serveRegistry([acme]);
  const { pull } = await machine({ npm_config_registry: registry.url });
  const pin = pinOf("npm:@acme/sdk@1.0.0/openapi.json", "the document", { integrity: acme.integrity });
  expect(await pull(pin)).toEqual(["source: the document"]);
  const { length } = registry.requests;
  expect(await pull(pin)).toEqual(["cache: the document"]);
  expect(registry.requests).toHaveLength(length);
});

test("streams a tarball once, however many documents it holds", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A", "deep/b.json": "B" });
  const registry = await serveRegistry([acme]);
  const { pull } = await machine({ npm_config_registry: registry.url });
  const { integrity } = acme;
  expect(
    await pull(
      pinOf("npm:acme@1.0.0/a.json", "A", { integrity }),
      pinOf("npm:acme@1.0.0/deep/b.json", "B", { integrity }),
    ),
  ).toEqual(["source: A", "source: B"]);
  expect(registry.requests.filter((line) => line.endsWith(".tgz"))).toHaveLength(1);
});

test("one document that cannot be had stops no other, not even of the same tarball", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A", "b.json": "B" });
  const registry = await serveRegistry([acme]);
  const { pull } = await machine({ npm_config_registry: registry.url });
  const [a, b, c, d] = await pull(
    pinOf("npm:acme@1.0.0/a.json", "A"),
    pinOf("npm:acme@1.0.0/b.json", "another B"),
    pinOf("npm:acme@1.0.0/missing.json", ""),
    pinOf("npm:unheard-of@1.0.0/a.json", "A"),
  );
  expect(a).toBe("source: A");
  expect(b).toContain("is not the one that is pinned");
  expect(c).toContain("acme@1.0.0 has no file missing.json");
  expect(d).toContain("unheard-of does not exist");
});

test("a document with another hash is refused with both hashes, and not kept", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "tampered" });
  const registry = await serveRegistry([acme]);
  const { pull, hasCached } = await machine({ npm_config_registry: registry.url });
  const [message] = await pull(pinOf("npm:acme@1.0.0/a.json", "pinned"));
  expect(message).toContain(`pinned    sha256 ${sha256("pinned")}`);
  expect(message).toContain(`received  sha256 ${sha256("tampered")}`);
  expect(message).toContain("Nothing was kept");
  expect(hasCached("tampered")).toBe(false);
});

test("a tarball whose published hash is not the pinned one is refused with both, before it is fetched", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A" });
  const registry = await serveRegistry([acme]);
  const { pull } = await machine({ npm_config_registry: registry.url });
  const pinned = integrityOf(Buffer.from("another tarball"));
  const [message] = await pull(pinOf("npm:acme@1.0.0/a.json", "A", { integrity: pinned }));
  expect(message).toContain(`pinned    ${pinned}`);
  expect(message).toContain(`received  ${acme.integrity}`);
  expect(registry.requests.some((line) => line.endsWith(".tgz"))).toBe(false);
});

test("a tarball that is not what its registry says is refused with both hashes, although the file in it is right", async () => {
  const [acme, other] = await Promise.all([
    publish("acme", "1.0.0", { "a.json": "A" }),
    publish("acme", "1.0.0", { "a.json": "A", "evil.js": "x" }),
  ]);
  const registry = await serveRegistry([acme], { tamper: () => other.tarball });
  const { pull, hasCached } = await machine({ npm_config_registry: registry.url });
  const [message] = await pull(pinOf("npm:acme@1.0.0/a.json", "A", { integrity: acme.integrity }));
  expect(message).toContain(`pinned    ${acme.integrity}`);
  expect(message).toContain(`received  ${other.integrity}`);
  expect(hasCached("A")).toBe(false);
});

test("a tarball that stops half-way is refused with a sentence", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A".repeat(10_000) });
  const registry = await serveRegistry([acme], { tamper: (tarball) => tarball.subarray(0, tarball.length / 2) });
  const { pull } = await machine({ npm_config_registry: registry.url });
  const [message] = await pull(pinOf("npm:acme@1.0.0/a.json", "A", { integrity: acme.integrity }));
  expect(message).toMatch(/^The tarball of acme@1\.0\.0 is not the one that is pinned\. Nothing was kept\./);
});

test("a wrong version is answered with the newest that exist", async () => {
  const registry = await serveRegistry(
    await Promise.all(["1.0.0", "1.1.0"].map((version) => publish("acme", version, {}))),
  );
  const { pull } = await machine({ npm_config_registry: registry.url });
  expect(await pull(pinOf("npm:acme@9.9.9/a.json", ""))).toEqual([
    "The npm package acme has no version 9.9.9.\n  Its newest are 1.1.0, 1.0.0.",
  ]);
});

test("a wrong path is answered with the files that come closest", async () => {
  const acme = await publish("acme", "1.0.0", { "spec/openapi.json": "A", "README.md": "" });
  const registry = await serveRegistry([acme]);
  const { pull } = await machine({ npm_config_registry: registry.url });
  expect(await pull(pinOf("npm:acme@1.0.0/openapi.json", "A"))).toEqual([
    "acme@1.0.0 has no file openapi.json.\n  Did you mean spec/openapi.json?",
  ]);
});

test("a registry that cannot be reached is named, and where its address comes from", async () => {
  const { pull } = await machine({ npm_config_registry: "http://127.0.0.1:9/" });
  expect((await pull(pinOf("npm:acme@1.0.0/a.json", "A")))[0]).toMatch(
    /http:\/\/127\.0\.0\.1:9\/ cannot be reached for acme@1\.0\.0.*\n.*npm config list/,
  );
});

test("the registry and its token come from the user's .npmrc", async () => {
  const acme = await publish("@acme/sdk", "1.0.0", { "a.json": "A" });
  const registry = await serveRegistry([acme], { token: "npm_secret" });
  const { folder, pull } = await machine({ npm_config_registry: "" });
  const pin = pinOf("npm:@acme/sdk@1.0.0/a.json", "A");
  await writeFiles(folder, { ".npmrc": `@acme:registry=${registry.url}/\n` });
  const [refused] = await pull(pin);
  expect(refused).toMatch(/refuses to hand out @acme\/sdk@1\.0\.0 \(401\)\.\n.*_authToken into your \.npmrc/);
  await writeFiles(folder, {
    ".npmrc": `@acme:registry=${registry.url}/\n${registry.url.replace("http:", "")}/:_authToken=npm_secret\n`,
  });
  expect(await pull(pin)).toEqual(["source: A"]);
});

test("the proxy comes from the user's .npmrc", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A" });
  // A proxy is asked for the whole URL; this one knows the registry's answers itself.
  const proxy = await serve(registryHandler([acme]));
  const { folder, pull } = await machine({ npm_config_registry: "http://registry.acme.test/" });
  await writeFiles(folder, { ".npmrc": `proxy=${proxy.url}\nhttps-proxy=${proxy.url}\nnoproxy=\n` });
  expect(await pull(pinOf("npm:acme@1.0.0/a.json", "A"))).toEqual(["source: A"]);
  expect(proxy.requests[0]).toBe("GET http://registry.acme.test/acme");
});

test("settings that npm cannot read are told, not thrown about", async () => {
  const { pull } = await machine({ npm_config_userconfig: "/same", npm_config_globalconfig: "/same" });
  const [message] = await pull(pinOf("npm:acme@1.0.0/a.json", "A"));
  expect(message).toMatch(/npm's settings cannot be read: .*\n.*npm config list/);
});

test("fetches a document over http from this machine", async () => {
  const server = await serve((_, response) => response.end("the document"));
  const { pull } = await machine();
  const pin = pinOf(`${server.url}/openapi.json`, "the document");
  expect(await pull(pin)).toEqual(["source: the document"]);
  expect(await pull(pin)).toEqual(["cache: the document"]);
  expect(server.requests).toEqual(["GET /openapi.json"]);
});

test.each([
  [404, /openapi\.json does not exist \(404\)\./],
  [403, /refuses to hand out .*openapi\.json \(403\)/],
  [503, /cannot hand out .*openapi\.json now: it answers 503/],
  [418, /openapi\.json cannot be fetched: 418/],
])("a URL that answers %i is told so", async (status, message) => {
  const server = await serve((_, response) => response.writeHead(status).end("no"));
  const { pull } = await machine();
  expect((await pull(pinOf(`${server.url}/openapi.json`, "x")))[0]).toMatch(message);
});

test("a redirect may not leave https for another machine", async () => {
  const server = await serve((_, response) =>
    response.writeHead(302, { location: "http://acme.test/openapi.json" }).end(),
  );
  const { pull } = await machine({
    npm_config_proxy: (await serve((_, response) => response.end("x"))).url,
    npm_config_noproxy: "127.0.0.1",
  });
  expect((await pull(pinOf(`${server.url}/openapi.json`, "x")))[0]).toMatch(
    /"http:\/\/acme\.test\/openapi\.json" is not https/,
  );
});

test("a file of the user's own is read anew each time, and checked", async () => {
  const { folder, pull, hasCached } = await machine();
  await writeFiles(folder, { "acme.json": "A" });
  const pin = pinOf(join(folder, "acme.json"), "A");
  expect(await pull(pin)).toEqual(["source: A"]);
  expect(hasCached("A")).toBe(false);
  await writeFiles(folder, { "acme.json": "B" });
  expect((await pull(pin))[0]).toContain(`received  sha256 ${sha256("B")}`);
});

test("a file that does not exist, or is a folder, is told so", async () => {
  const { folder, pull } = await machine();
  expect((await pull(pinOf(join(folder, "missing.json"), "")))[0]).toMatch(/missing\.json does not exist\.$/);
  expect((await pull(pinOf(folder, "")))[0]).toMatch(/is a folder, not a file\.$/);
});
