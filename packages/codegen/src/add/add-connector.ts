import { join } from "node:path";
import type { LoadedDocument } from "../document/loaded-document.js";
import { findPages } from "../generate/facts/find-pages.js";
import type { GenerateInput, GenerateOutput } from "../generate/generate.js";
import { readGeneratorProfile } from "../generate/generator-profile.js";
import { nameOperations } from "../generate/operations/name-operations.js";
import { readOperations } from "../generate/operations/read-operations.js";
import { setByClient } from "../generate/operations/set-by-client.js";
import { applyOverlay } from "../overlay/apply-overlay.js";
import { parseOverlay } from "../overlay/read-overlay.js";
import { type Ask, askAnswers } from "./ask-answers.js";
import type { ConnectorPlace } from "./connector-place.js";
import type { DraftField, DraftInput } from "./draft.js";
import { draftProfile, profileData } from "./draft-profile.js";
import { readProviderName } from "./provider-name.js";
import type { AuthDraft } from "./read-auth.js";
import { readBaseUrl } from "./read-base-url.js";
import { repairServers } from "./repair-servers.js";
import { writePackage } from "./write-package.js";
import { writeProfile } from "./write-profile.js";
import { writeReadme } from "./write-readme.js";
import { connectorNames, writeContractTest, writeIndex } from "./write-source.js";
import { type NewPin, writeSpec } from "./write-spec.js";

/** A new connector, as text: nothing of it is written yet. */
export interface NewConnector {
  /** By absolute path. */
  readonly files: ReadonlyMap<string, string>;
  readonly generated: GenerateOutput;
  readonly fields: readonly DraftField[];
  /** The provider, as people write it. */
  readonly name: string;
}

/** What a connector is made from. */
export interface AddInput {
  readonly id: string;
  readonly document: LoadedDocument;
  readonly pin: NewPin;
  readonly place: ConnectorPlace;
  readonly generate: (input: GenerateInput) => Promise<GenerateOutput>;
  readonly ask: Ask | undefined;
}

/** Reads a document's facts, asks for those that it does not tell, and makes every file of a connector. */
export async function addConnector({
  id,
  document: published,
  pin,
  place,
  generate,
  ask,
}: AddInput): Promise<NewConnector> {
  const { document, overlay } = repaired(id, published);
  const draft: DraftInput = {
    id,
    document,
    operations: readOperations(document, { headers: new Set(), query: new Set() }),
  };
  const name = readProviderName(draft);
  let fields = draftProfile(draft, name);
  if (ask !== undefined) fields = draftProfile(draft, name, await askAnswers(ask, id, fields));

  const data = profileData(fields);
  const generated = await generate({ provider: id, documents: [document], profile: data });
  const profile = readGeneratorProfile(data);
  // As callers see them: without what the client sends by itself.
  const operations = nameOperations(readOperations(document, setByClient(profile)));
  const pages = findPages(operations, profile);
  const names = connectorNames(id, name, environmentOf(data.auth as AuthDraft));
  const sources = new Map([
    ["index.ts", writeIndex(names)],
    ["profile.ts", writeProfile(fields, name)],
    ["contract.test.ts", writeContractTest(names, place.runner)],
    ...[...generated.files].map(([path, text]) => [`generated/${path}`, text] as const),
  ]);
  const own = new Map([
    ...(place.kind === "package" ? writePackage(id, name) : []),
    ["README.md", writeReadme({ names, place, draft: { ...draft, operations }, fields, pages })],
  ]);
  const files = new Map([
    ...[...sources].map(([path, text]) => [join(place.source, path), text] as const),
    ...[...own].map(([path, text]) => [join(place.folder, path), text] as const),
    [join(place.specs, "spec.yaml"), writeSpec(id, name, place, pin)],
    [join(place.specs, "surface.txt"), generated.surface],
    ...(overlay === undefined ? [] : [[join(place.specs, "overlay.yaml"), overlay] as const]),
  ]);
  return { files, generated, fields, name };
}

/** The document as it will be generated from: without servers that nobody can call. */
function repaired(id: string, document: LoadedDocument): { document: LoadedDocument; overlay: string | undefined } {
  const draft = { id, document, operations: readOperations(document, { headers: new Set(), query: new Set() }) };
  const overlay = repairServers(draft, readBaseUrl(draft).value);
  if (overlay === undefined) return { document, overlay };
  const json = applyOverlay(document.json, parseOverlay(overlay, "overlay.yaml"), document.origin);
  return { document: { ...document, json: json as Record<string, unknown> }, overlay };
}

function environmentOf(auth: AuthDraft): string[] {
  return auth.kind === "basic" ? [auth.username.env, auth.password.env] : [auth.env];
}
