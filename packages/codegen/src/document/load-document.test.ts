import { join } from "node:path";
import { expect, test } from "vitest";
import type { DocumentPin } from "../spec/provider-spec.js";
import { tempFolder } from "../testing/temp-folder.js";
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

test("an overlay may add what a reference needs", async () => {
  const pin = await pinWith(
    "  - target: $\n    update: { components: { parameters: { Limit: { name: limit, in: query } } } }\n",
  );
  const { json, name, origin } = await loadDocument(pin, Buffer.from(JSON.stringify(broken)));
  expect({ name, origin }).toEqual({ name: "acme", origin: "acme.json" });
  expect(json).toMatchObject({ info: { title: "Acme" }, components: { parameters: { Limit: { name: "limit" } } } });
});

test("an overlay that breaks a document is told as what it did", async () => {
  const bytes = Buffer.from(JSON.stringify(broken));
  await expect(loadDocument(await pinWith("  - { target: $.info, remove: true }\n"), bytes)).rejects.toThrow(
    /Limit is not there/,
  );
  await expect(loadDocument(await pinWith("  - { target: '$.paths.*', remove: true }\n"), bytes)).rejects.toThrow(
    /describes no paths/,
  );
});

test("an overlay that is not there is named", async () => {
  const pin = { ...(await pinWith("")), overlay: "/nowhere/overlay.yaml" };
  await expect(loadDocument(pin, Buffer.from(JSON.stringify(broken)))).rejects.toThrow(
    /The overlay .*nowhere\/overlay\.yaml cannot be read/,
  );
});
