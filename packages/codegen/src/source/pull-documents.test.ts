import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { serve } from "../../test/local-server.js";
import { integrityOf, publish, registryHandler, serveRegistry } from "../../test/npm-registry.js";
import { testEnvironment } from "../../test/run-cli.js";
import { tempFolder, writeFiles } from "../../test/temp-folder.js";
import { CodegenError } from "../errors/codegen-error.js";
import { createDocumentCache } from "./document-cache.js";
import { documentFolder } from "./document-folder.js";
import type { DocumentPin } from "./document-pin.js";
import { loadNpmSettings } from "./npm-settings.js";
import { type PullContext, pullDocuments } from "./pull-documents.js";
import { sha256 } from "./sha256.js";
import { parseSource } from "./source.js";

function pinOf(origin: string, content: string | Uint8Array, more: Partial<DocumentPin> = {}): DocumentPin {
  return { name: "acme", source: parseSource(origin, "/"), origin, sha256: sha256(content), ...more };
}

/** A home folder with npm settings, and an empty cache. `documents` is a folder for CONNECTRY_DOCUMENTS. */
async function createMachine(
  env: Record<string, string> = {},
  { documents = "", fallback = "unavailable" as PullContext["fallback"] } = {},
) {
  const folder = await tempFolder();
  const all = { ...testEnvironment(folder), ...env };
  const context: PullContext = {
    folder: documentFolder({ CONNECTRY_DOCUMENTS: documents }, "/"),
    cache: createDocumentCache(join(folder, ".cache")),
    fallback,
    npmSettings: () => loadNpmSettings(all, folder),
    progress: { expect: () => {}, start: () => ({ add: () => {}, end: () => {} }) },
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
        return result?.error instanceof CodegenError
          ? result.error.message
          : `not a CodegenError: ${String(result?.error)}`;
      });
    },
  };
}

test("pullDocuments fetches a file of a tarball once, and then reads it from the cache", async () => {
  const acme = await publish("@acme/sdk", "1.0.0", { "openapi.json": "the document", "other.json": "x" });
  const registry = await serveRegistry([acme]);
  const { pull } = await createMachine({ npm_config_registry: registry.url });
  const pin = pinOf("npm:@acme/sdk@1.0.0/openapi.json", "the document", { integrity: acme.integrity });
  expect(await pull(pin)).toEqual(["source: the document"]);
  const { length } = registry.requests;
  expect(await pull(pin)).toEqual(["cache: the document"]);
  expect(registry.requests).toHaveLength(length);
});

test("pullDocuments streams a tarball with several documents once", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A", "deep/b.json": "B" });
  const registry = await serveRegistry([acme]);
  const { pull } = await createMachine({ npm_config_registry: registry.url });
  const { integrity } = acme;
  expect(
    await pull(
      pinOf("npm:acme@1.0.0/a.json", "A", { integrity }),
      pinOf("npm:acme@1.0.0/deep/b.json", "B", { integrity }),
    ),
  ).toEqual(["source: A", "source: B"]);
  expect(registry.requests.filter((line) => line.endsWith(".tgz"))).toHaveLength(1);
});

test("a document that cannot be fetched does not affect others, even of the same tarball", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A", "b.json": "B" });
  const registry = await serveRegistry([acme]);
  const { pull } = await createMachine({ npm_config_registry: registry.url });
  const [a, b, c, d] = await pull(
    pinOf("npm:acme@1.0.0/a.json", "A"),
    pinOf("npm:acme@1.0.0/b.json", "another B"),
    pinOf("npm:acme@1.0.0/missing.json", ""),
    pinOf("npm:unknown-package@1.0.0/a.json", "A"),
  );
  expect(a).toBe("source: A");
  expect(b).toContain("is not the pinned one");
  expect(c).toContain("acme@1.0.0 has no file missing.json");
  expect(d).toContain("unknown-package does not exist");
});

test("a document with another hash is rejected with both hashes, and not stored", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "tampered" });
  const registry = await serveRegistry([acme]);
  const { pull, hasCached } = await createMachine({ npm_config_registry: registry.url });
  const [message] = await pull(pinOf("npm:acme@1.0.0/a.json", "pinned"));
  expect(message).toContain(`pinned    sha256 ${sha256("pinned")}`);
  expect(message).toContain(`received  sha256 ${sha256("tampered")}`);
  expect(message).toContain("Nothing was stored");
  expect(hasCached("tampered")).toBe(false);
});

test("a tarball whose published hash is not the pinned one is rejected before it is fetched", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A" });
  const registry = await serveRegistry([acme]);
  const { pull } = await createMachine({ npm_config_registry: registry.url });
  const pinned = integrityOf(Buffer.from("another tarball"));
  const [message] = await pull(pinOf("npm:acme@1.0.0/a.json", "A", { integrity: pinned }));
  expect(message).toContain(`pinned    ${pinned}`);
  expect(message).toContain(`received  ${acme.integrity}`);
  expect(registry.requests.some((line) => line.endsWith(".tgz"))).toBe(false);
});

test("a tarball that does not match its published hash is rejected, although the file in it is right", async () => {
  const [acme, other] = await Promise.all([
    publish("acme", "1.0.0", { "a.json": "A" }),
    publish("acme", "1.0.0", { "a.json": "A", "evil.js": "x" }),
  ]);
  const registry = await serveRegistry([acme], { tamper: () => other.tarball });
  const { pull, hasCached } = await createMachine({ npm_config_registry: registry.url });
  const [message] = await pull(pinOf("npm:acme@1.0.0/a.json", "A", { integrity: acme.integrity }));
  expect(message).toContain(`pinned    ${acme.integrity}`);
  expect(message).toContain(`received  ${other.integrity}`);
  expect(hasCached("A")).toBe(false);
});

test("a truncated tarball is rejected with a message", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A".repeat(10_000) });
  const registry = await serveRegistry([acme], { tamper: (tarball) => tarball.subarray(0, tarball.length / 2) });
  const { pull } = await createMachine({ npm_config_registry: registry.url });
  const [message] = await pull(pinOf("npm:acme@1.0.0/a.json", "A", { integrity: acme.integrity }));
  expect(message).toMatch(/^The tarball of acme@1\.0\.0 is not the pinned one\. Nothing was stored\./);
});

test("the message about a missing version lists the newest versions", async () => {
  const registry = await serveRegistry(
    await Promise.all(["1.0.0", "1.1.0"].map((version) => publish("acme", version, {}))),
  );
  const { pull } = await createMachine({ npm_config_registry: registry.url });
  expect(await pull(pinOf("npm:acme@9.9.9/a.json", ""))).toEqual([
    "The npm package acme has no version 9.9.9.\n  The newest versions are 1.1.0, 1.0.0.",
  ]);
});

test("the message about a missing file lists similar files", async () => {
  const acme = await publish("acme", "1.0.0", { "spec/openapi.json": "A", "README.md": "" });
  const registry = await serveRegistry([acme]);
  const { pull } = await createMachine({ npm_config_registry: registry.url });
  expect(await pull(pinOf("npm:acme@1.0.0/openapi.json", "A"))).toEqual([
    "acme@1.0.0 has no file openapi.json.\n  Did you mean spec/openapi.json?",
  ]);
});

test("the message about an unreachable registry names it, and how to see the settings", async () => {
  const { pull } = await createMachine({ npm_config_registry: "http://127.0.0.1:9/" });
  expect((await pull(pinOf("npm:acme@1.0.0/a.json", "A")))[0]).toMatch(
    /http:\/\/127\.0\.0\.1:9\/ cannot be reached to fetch acme@1\.0\.0.*\n.*npm config list/,
  );
});

test("the registry and its token are read from the user's .npmrc", async () => {
  const acme = await publish("@acme/sdk", "1.0.0", { "a.json": "A" });
  const registry = await serveRegistry([acme], { token: "npm_secret" });
  const { folder, pull } = await createMachine({ npm_config_registry: "" });
  const pin = pinOf("npm:@acme/sdk@1.0.0/a.json", "A");
  await writeFiles(folder, { ".npmrc": `@acme:registry=${registry.url}/\n` });
  const [denied] = await pull(pin);
  expect(denied).toMatch(/denies access to @acme\/sdk@1\.0\.0 \(401\)\.\n.*_authToken to your \.npmrc/);
  await writeFiles(folder, {
    ".npmrc": `@acme:registry=${registry.url}/\n${registry.url.replace("http:", "")}/:_authToken=npm_secret\n`,
  });
  expect(await pull(pin)).toEqual(["source: A"]);
});

test("the proxy is read from the user's .npmrc", async () => {
  const acme = await publish("acme", "1.0.0", { "a.json": "A" });
  // A proxy gets requests for whole URLs; this one responds as the registry would.
  const proxy = await serve(registryHandler([acme]));
  const { folder, pull } = await createMachine({ npm_config_registry: "http://registry.acme.test/" });
  await writeFiles(folder, { ".npmrc": `proxy=${proxy.url}\nhttps-proxy=${proxy.url}\nnoproxy=\n` });
  expect(await pull(pinOf("npm:acme@1.0.0/a.json", "A"))).toEqual(["source: A"]);
  expect(proxy.requests[0]).toBe("GET http://registry.acme.test/acme");
});

test("settings that npm rejects are reported with a message", async () => {
  const { pull } = await createMachine({ npm_config_userconfig: "/same", npm_config_globalconfig: "/same" });
  const [message] = await pull(pinOf("npm:acme@1.0.0/a.json", "A"));
  expect(message).toMatch(/npm's settings cannot be read: .*\n.*npm config list/);
});

test("pullDocuments fetches a document over http from this machine", async () => {
  const server = await serve((_, response) => response.end("the document"));
  const { pull } = await createMachine();
  const pin = pinOf(`${server.url}/openapi.json`, "the document");
  expect(await pull(pin)).toEqual(["source: the document"]);
  expect(await pull(pin)).toEqual(["cache: the document"]);
  expect(server.requests).toEqual(["GET /openapi.json"]);
});

test.each([
  [404, /openapi\.json does not exist \(404\)\./],
  [403, /denies access to .*openapi\.json \(403\)/],
  [503, /cannot serve .*openapi\.json now: it returned status 503/],
  [418, /openapi\.json cannot be fetched: the server returned status 418/],
])("the message about a URL that returns %i says so", async (status, message) => {
  const server = await serve((_, response) => response.writeHead(status).end("no"));
  const { pull } = await createMachine();
  expect((await pull(pinOf(`${server.url}/openapi.json`, "x")))[0]).toMatch(message);
});

test("a redirect to http on another machine is rejected", async () => {
  const server = await serve((_, response) =>
    response.writeHead(302, { location: "http://acme.test/openapi.json" }).end(),
  );
  const { pull } = await createMachine({
    npm_config_proxy: (await serve((_, response) => response.end("x"))).url,
    npm_config_noproxy: "127.0.0.1",
  });
  expect((await pull(pinOf(`${server.url}/openapi.json`, "x")))[0]).toMatch(
    /"http:\/\/acme\.test\/openapi\.json" is not https/,
  );
});

test("a local file is read and verified each time, and what it held is kept for the next update", async () => {
  const { folder, pull, hasCached } = await createMachine();
  await writeFiles(folder, { "acme.json": "A" });
  const pin = pinOf(join(folder, "acme.json"), "A");
  expect(await pull(pin)).toEqual(["source: A"]);
  expect(hasCached("A")).toBe(true);
  await writeFiles(folder, { "acme.json": "B" });
  expect((await pull(pin))[0]).toContain(`received  sha256 ${sha256("B")}`);
});

test("the message about a local file says whether it does not exist or is a folder", async () => {
  const { folder, pull } = await createMachine();
  expect((await pull(pinOf(join(folder, "missing.json"), "")))[0]).toMatch(/missing\.json does not exist\.$/);
  expect((await pull(pinOf(folder, "")))[0]).toMatch(/is a folder, not a file\.$/);
});

test("pullDocuments fetches four documents at once, and the next when one of them has arrived", async () => {
  const waiting: (() => void)[] = [];
  let most = 0;
  const server = await serve((_, response) => {
    waiting.push(() => response.end("a document"));
    most = Math.max(most, waiting.length);
  });
  const { pull } = await createMachine();
  const pins = Array.from({ length: 10 }, (_, index) => pinOf(`${server.url}/${index}`, "a document"));
  const pulled = pull(...pins);
  for (let arrived = 0; arrived < 10; arrived += 1) {
    await vi.waitFor(() => expect(waiting).toHaveLength(Math.min(4, 10 - arrived)));
    waiting.shift()?.();
  }
  expect(await pulled).toEqual(pins.map(() => "source: a document"));
  expect(most).toBe(4);
});
