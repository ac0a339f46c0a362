import { join } from "node:path";
import type { LoadedDocument } from "../document/loaded-document.js";
import { findPages } from "../generate/facts/find-pages.js";
import type { GenerateInput, GenerateOutput } from "../generate/generate.js";
import { nameOperations } from "../generate/operations/name-operations.js";
import { readOperations } from "../generate/operations/read-operations.js";
import { setByClient } from "../generate/operations/set-by-client.js";
import { readGeneratorProfile } from "../generate/profile/generator-profile.js";
import { applyOverlay } from "../overlay/apply-overlay.js";
import { parseOverlay } from "../overlay/read-overlay.js";
import { type Ask, askMissingFields } from "./ask-missing-fields.js";
import type { ConnectorLocation } from "./connector-location.js";
import type { DraftField, DraftInput } from "./draft.js";
import { draftProfile, profileData } from "./draft-profile.js";
import { joinOverlays } from "./join-overlays.js";
import { readProviderName } from "./provider-name.js";
import type { AuthDraft } from "./read-auth.js";
import { readBaseUrl } from "./read-base-url.js";
import { repairServers } from "./repair-servers.js";
import { writePackage } from "./write-package.js";
import { writeProfile } from "./write-profile.js";
import { writeReadme } from "./write-readme.js";
import { writeResponses, writeResponsesTest } from "./write-responses.js";
import { connectorNames, writeContractTest, writeIndex } from "./write-source.js";
import { type NewPin, writeSpec } from "./write-spec.js";

/** The files of a new connector, which are not written yet. */
export interface NewConnector {
  /** Their text by absolute path. */
  readonly files: ReadonlyMap<string, string>;
  readonly generated: GenerateOutput;
  readonly fields: readonly DraftField[];
  /** The display name of the provider. */
  readonly name: string;
}

/** What a connector is created from. */
export interface AddInput {
  readonly id: string;
  /** The document, corrected by the overlay. */
  readonly document: LoadedDocument;
  /** The text of the overlay, if there is one. */
  readonly overlay?: string | undefined;
  readonly pin: NewPin;
  readonly location: ConnectorLocation;
  readonly generate: (input: GenerateInput) => Promise<GenerateOutput>;
  /** Asks the user for what the document does not say; undefined without a terminal. */
  readonly ask: Ask | undefined;
}

/** Drafts a profile from a document, asks for the missing fields, and generates all files of the connector. */
export async function addConnector({
  id,
  document: published,
  overlay: own,
  pin,
  location,
  generate,
  ask,
}: AddInput): Promise<NewConnector> {
  const { document, overlay: repairs } = correctServers(id, published);
  const overlay = joinOverlays(own, repairs);
  const draft: DraftInput = {
    id,
    document,
    operations: readOperations(document, { headers: new Set(), query: new Set() }),
  };
  const name = readProviderName(draft);
  let fields = draftProfile(draft, name);
  if (ask !== undefined) fields = draftProfile(draft, name, await askMissingFields(ask, id, fields));

  const data = profileData(fields);
  const generated = await generate({ provider: id, documents: [document], profile: data });
  const profile = readGeneratorProfile(data);
  // Without the parameters that the client sets itself, as callers see the operations.
  const operations = nameOperations(readOperations(document, setByClient(profile)));
  const pages = findPages(operations, profile);
  const names = connectorNames({ id, name }, environmentVariables(data.auth as AuthDraft), data);
  const sources = new Map([
    ["index.ts", writeIndex(names)],
    ["profile.ts", writeProfile(fields, name)],
    ["contract.test.ts", writeContractTest(names, location)],
    ...[...generated.files].map(([path, text]) => [`generated/${path}`, text] as const),
  ]);
  const packageFiles = new Map([
    ...(location.kind === "package"
      ? [
          ...writePackage(id, name),
          ["src/responses.test.ts", writeResponsesTest(names)] as const,
          ["test/responses.json", writeResponses(data.auth as AuthDraft)] as const,
        ]
      : []),
    ["README.md", writeReadme({ names, location, draft: { ...draft, operations }, fields, pages })],
  ]);
  const files = new Map([
    ...[...sources].map(([path, text]) => [join(location.source, path), text] as const),
    ...[...packageFiles].map(([path, text]) => [join(location.folder, path), text] as const),
    [join(location.specs, "spec.yaml"), writeSpec({ id, name, location, pin })],
    [join(location.specs, "surface.txt"), generated.surface],
    ...(overlay === undefined ? [] : [[join(location.specs, "overlay.yaml"), overlay] as const]),
  ]);
  return { files, generated, fields, name };
}

/** Removes the servers that have no valid URL from the document, by an overlay. */
function correctServers(
  id: string,
  document: LoadedDocument,
): { document: LoadedDocument; overlay: string | undefined } {
  const draft = { id, document, operations: readOperations(document, { headers: new Set(), query: new Set() }) };
  const overlay = repairServers(draft, readBaseUrl(draft).value);
  if (overlay === undefined) return { document, overlay };
  const json = applyOverlay(document.json, parseOverlay(overlay, "overlay.yaml"), document.origin);
  return { document: { ...document, json: json as Record<string, unknown> }, overlay };
}

function environmentVariables(auth: AuthDraft): string[] {
  if (auth.kind === "parts") return auth.parts.filter(({ optional }) => !optional).map(({ env }) => env);
  if (auth.kind === "client-credentials") return [auth.clientId.env, auth.clientSecret.env];
  return auth.kind === "basic" ? [auth.username.env, auth.password.env] : [auth.env];
}
