import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../test/temp-folder.js";
import type { DocumentPin } from "../source/document-pin.js";
import { loadDocument } from "./load-document.js";

const broken = {
  openapi: "3.0.0",
  info: { title: "Acme" },
  paths: { "/pets": { get: { parameters: [{ $ref: "#/components/parameters/Limit" }] } } },
};

async function pinWith(overlay: string): Promise<DocumentPin> {
  const folder = await tempFolder({
    "overlay.yaml": `overlay: 1.0.0\ninfo: { title: repairs, version: "1" }\nactions:\n${overlay}`,
  });
  return {
    name: "acme",
    source: { kind: "file", path: "acme.json" },
    origin: "acme.json",
    sha256: "",
    overlay: join(folder, "overlay.yaml"),
  };
}

test("an overlay can add the target of a reference", async () => {
  const pin = await pinWith(
    "  - target: $\n    update: { components: { parameters: { Limit: { name: limit, in: query } } } }\n",
  );
  const { json, name, origin } = await loadDocument(pin, Buffer.from(JSON.stringify(broken)));
  expect({ name, origin }).toEqual({ name: "acme", origin: "acme.json" });
  expect(json).toMatchObject({ info: { title: "Acme" }, components: { parameters: { Limit: { name: "limit" } } } });
});

test("a document that its overlay broke is rejected", async () => {
  const bytes = Buffer.from(JSON.stringify(broken));
  await expect(loadDocument(await pinWith("  - { target: $.info, remove: true }\n"), bytes)).rejects.toThrow(
    /Limit does not exist/,
  );
  await expect(loadDocument(await pinWith("  - { target: '$.paths.*', remove: true }\n"), bytes)).rejects.toThrow(
    /describes no paths/,
  );
});

test("a missing overlay file is named in the message", async () => {
  const pin = { ...(await pinWith("")), overlay: "/nowhere/overlay.yaml" };
  await expect(loadDocument(pin, Buffer.from(JSON.stringify(broken)))).rejects.toThrow(
    /The overlay .*nowhere\/overlay\.yaml does not exist/,
  );
});
