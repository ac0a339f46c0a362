import type { LoadedDocument } from "../src/document/loaded-document.js";
import type { NamedOperation } from "../src/generate/operations/api-operation.js";
import { nameOperations } from "../src/generate/operations/name-operations.js";
import { readOperations } from "../src/generate/operations/read-operations.js";
import { setByClient } from "../src/generate/operations/set-by-client.js";
import { type GeneratorProfile, readGeneratorProfile } from "../src/generate/profile/generator-profile.js";

/** A loaded document with these fields. */
export function loadedDocument(json: Record<string, unknown>, name = "api"): LoadedDocument {
  return { name, origin: `${name}.json`, json: { openapi: "3.1.0", info: { title: "Api", version: "1" }, ...json } };
}

/** A profile as its file exports it. */
export function sampleProfile(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: "acme", baseUrl: "https://api.acme.test", auth: { kind: "bearer" }, body: "json", ...fields };
}

/** A profile as the generator reads it. */
export function readProfile(fields: Record<string, unknown> = {}): GeneratorProfile {
  return readGeneratorProfile(sampleProfile(fields));
}

/** The named operations of documents. */
export function readNamed(documents: readonly LoadedDocument[], profile = readProfile()): NamedOperation[] {
  return nameOperations(documents.flatMap((document) => readOperations(document, setByClient(profile))));
}

/** The operation of a document that has only this one. */
export function onlyOperation(
  operation: Record<string, unknown>,
  { method = "get", path = "/a", ...more }: { method?: string; path?: string; components?: object } = {},
  profile = readProfile(),
): NamedOperation {
  const [found] = readNamed([loadedDocument({ ...more, paths: { [path]: { [method]: operation } } })], profile);
  if (found === undefined) throw new Error("The document has no operation.");
  return found;
}
