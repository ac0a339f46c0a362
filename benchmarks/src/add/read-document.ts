import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Json } from "./sample-page.ts";

/** Reads a document that is JSON or YAML. */
export async function readDocument(file: string): Promise<Json> {
  const text = await readFile(file, "utf8");
  const yaml = createRequire(new URL("../../../packages/codegen/package.json", import.meta.url))("yaml");
  return (text.trimStart().startsWith("{") ? JSON.parse(text) : yaml.parse(text)) as Json;
}
