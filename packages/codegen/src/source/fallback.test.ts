import { join } from "node:path";
import { expect, test } from "vitest";
import { serve } from "../../test/local-server.js";
import { publish, serveRegistry } from "../../test/npm-registry.js";
import { testEnvironment } from "../../test/run-cli.js";
import { tempFolder } from "../../test/temp-folder.js";
import { createDocumentCache } from "./document-cache.js";
import { documentFolder } from "./document-folder.js";
import type { DocumentPin } from "./document-pin.js";
import { loadNpmSettings } from "./npm-settings.js";
import { type PullContext, type PullResult, pullDocuments } from "./pull-documents.js";
import { sha256 } from "./sha256.js";
import { parseSource } from "./source.js";

const nowhere = "http://127.0.0.1:9/openapi.json";

const pinOf = (origin: string, content: string, more: Partial<DocumentPin> = {}): DocumentPin => ({
  name: "acme",
  source: parseSource(origin, "/"),
  origin,
  sha256: sha256(content),
  ...more,
});

/** A machine with a registry that has the document "older" in acme@1.0.0. */
async function createMachine(fallback: PullContext["fallback"], documents = "") {
  const acme = await publish("acme", "1.0.0", { "a.json": "older" });
  const registry = await serveRegistry([acme]);
  const home = await tempFolder();
  const context: PullContext = {
    folder: documentFolder({ CONNECTRY_DOCUMENTS: documents }, "/"),
    cache: createDocumentCache(join(home, ".cache")),
    fallback,
    npmSettings: () => loadNpmSettings(testEnvironment(home, registry.url), home),
    progress: { expect: () => {}, start: () => ({ add: () => {}, end: () => {} }) },
  };
  const older = pinOf("npm:acme@1.0.0/a.json", "older", { integrity: acme.integrity });
  return { context, older, requests: registry.requests };
}

async function pull(pin: DocumentPin, context: PullContext): Promise<string> {
  const result = (await pullDocuments([pin], context)).get(pin) as PullResult;
  return result.kind === "pulled"
    ? `${result.from}: ${result.bytes} of ${result.pin.origin}`
    : `${result.reason}: ${(result.error as Error).message.split("\n")[0]}`;
}

test("a document in the folder of CONNECTRY_DOCUMENTS is not fetched, and later is in the cache", async () => {
  const folder = await tempFolder({ [sha256("newer")]: "newer" });
  const { context } = await createMachine("unavailable", folder);
  const pin = pinOf(nowhere, "newer");
  expect(await pull(pin, context)).toBe(`folder: newer of ${nowhere}`);
  expect(await pull(pin, { ...context, folder: documentFolder({}, "/") })).toBe(`cache: newer of ${nowhere}`);
});

test("a file in the folder of CONNECTRY_DOCUMENTS that is not what its name says is an error", async () => {
  const folder = await tempFolder({ [sha256("newer")]: "tampered" });
  const { context, older } = await createMachine("unavailable", folder);
  expect(await pull(pinOf(nowhere, "newer", { fallback: older }), context)).toMatch(
    /^invalid: The document .* is not the one that its name promises\.$/,
  );
});

test("CONNECTRY_DOCUMENTS must name a folder", async () => {
  expect(() => documentFolder({ CONNECTRY_DOCUMENTS: "/missing" }, "/")).toThrow(
    "CONNECTRY_DOCUMENTS names missing, which is not a folder.",
  );
});

test("where the source cannot be reached the fallback is fetched, and the pull says why", async () => {
  const { context, older } = await createMachine("unavailable");
  const pin = pinOf(nowhere, "newer", { fallback: older });
  expect(await pull(pin, context)).toBe(`source: older of ${older.origin}`);
  expect((await pullDocuments([pin], context)).get(pin)).toMatchObject({
    from: "cache",
    instead: expect.objectContaining({ message: expect.stringContaining("127.0.0.1:9 cannot be reached") }),
  });
});

test("where the source is back the pinned document is fetched although the fallback is there", async () => {
  const { context, older } = await createMachine("unavailable");
  await pull(older, context);
  const server = await serve((_, response) => response.end("newer"));
  const pin = pinOf(`${server.url}/openapi.json`, "newer", { fallback: older });
  expect(await pull(pin, { ...context, fallback: "local" })).toBe(`cache: older of ${older.origin}`);
  expect(server.requests).toEqual([]);
  expect(await pull(pin, context)).toBe(`source: newer of ${pin.origin}`);
  expect(await pull(pin, { ...context, fallback: "local" })).toBe(`cache: newer of ${pin.origin}`);
});

test("a document with another hash than the pinned one is an error, and not replaced by the fallback", async () => {
  const { context, older } = await createMachine("unavailable");
  const server = await serve((_, response) => response.end("tampered"));
  const pin = pinOf(`${server.url}/openapi.json`, "newer", { fallback: older });
  expect(await pull(pin, context)).toBe('invalid: The document "acme" is not the pinned one. Nothing was stored.');
});

test("no fallback is taken where none may be", async () => {
  const { context, older, requests } = await createMachine("never");
  const pin = pinOf(nowhere, "newer", { fallback: older });
  expect(await pull(pin, context)).toMatch(/^unavailable: 127\.0\.0\.1:9 cannot be reached/);
  expect(requests).toEqual([]);
});
