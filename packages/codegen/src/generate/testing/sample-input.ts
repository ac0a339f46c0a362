import type { LoadedDocument } from "../../document/loaded-document.js";
import { type GeneratorProfile, readGeneratorProfile } from "../generator-profile.js";
import type { NamedOperation } from "../operations/api-operation.js";
import { nameOperations } from "../operations/name-operations.js";
import { readOperations } from "../operations/read-operations.js";
import { setByClient } from "../operations/set-by-client.js";

/** A document of the given fields. */
export function sampleDocument(json: Record<string, unknown>, name = "api"): LoadedDocument {
  return { name, origin: `${name}.json`, json: { openapi: "3.1.0", info: { title: "Api", version: "1" }, ...json } };
}

/** A profile, as its file gives it. */
export function sampleProfile(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: "acme", baseUrl: "https://api.acme.test", auth: { kind: "bearer" }, body: "json", ...fields };
}

/** A profile, as the generator reads it. */
export function readProfile(fields: Record<string, unknown> = {}): GeneratorProfile {
  return readGeneratorProfile(sampleProfile(fields));
}

/** The operations of some documents under their names. */
export function readNamed(documents: readonly LoadedDocument[], profile = readProfile()): NamedOperation[] {
  return nameOperations(documents.flatMap((document) => readOperations(document, setByClient(profile))));
}

/** The only operation of a document that has this one alone. */
export function onlyOperation(
  operation: Record<string, unknown>,
  { method = "get", path = "/a", ...more }: { method?: string; path?: string; components?: object } = {},
  profile = readProfile(),
): NamedOperation {
  const [found] = readNamed([sampleDocument({ ...more, paths: { [path]: { [method]: operation } } })], profile);
  if (found === undefined) throw new Error("The sample has no operation.");
  return found;
}
