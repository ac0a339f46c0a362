import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProviderFacts } from "@connectry/core";
import { draftProfile, profileData } from "../add/draft-profile.js";
import { readProviderName } from "../add/provider-name.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { CodegenError } from "../errors/codegen-error.js";
import { readFacts } from "../generate/facts/read-facts.js";
import { readOperations } from "../generate/operations/read-operations.js";
import { readGeneratorProfile } from "../generate/profile/generator-profile.js";
import { loadProfile } from "../profile/load-profile.js";
import { findSpecsFolder, listProviders } from "../spec/find-specs.js";
import { findPackage } from "../spec/select-specs.js";
import type { CommandContext } from "./command-context.js";
import { isDocumentName, loadDiffInput } from "./load-diff-input.js";

/** What a mock server is made from. */
export interface MockSource {
  readonly documents: readonly LoadedDocument[];
  /** A `ProviderProfile`, as plain data. */
  readonly profile: Readonly<Record<string, unknown>>;
  readonly facts: ProviderFacts;
  /** What the document does not say, and was assumed. */
  readonly todos: readonly string[];
}

/**
 * Reads what a mock server of a provider or a document needs; fetches its documents where they are not there yet. Of a provider in
 * specs/ the profile is read; of an installed package it is imported; for a document it is drafted, as `connectry add` does.
 * @throws CodegenError where one of them cannot be read.
 */
export async function readMockSource(
  given: string,
  options: { readonly specs?: string | undefined },
  context: CommandContext,
): Promise<MockSource> {
  const name = isDocumentName(given) ? given : packageFor(given, options.specs, context.cwd);
  const { documents, spec } = await loadDiffInput(name, { specs: options.specs }, context);
  if (spec === undefined) return draftSource(documents[0] as LoadedDocument);
  // The spec.yaml of a package names the profile of the repository that the package comes from.
  if (spec.profile === undefined || spec.folder === join(findPackage(name, context.cwd) ?? "", "spec"))
    return { documents, todos: [], ...(await importConnector(name, context.cwd)) };
  const profile = (await loadProfile(spec.profile)) as MockSource["profile"];
  return { documents, profile, facts: readFacts(documents, readGeneratorProfile(profile)).facts, todos: [] };
}

/** `@connectry/stripe` for `stripe`, where that is installed and specs/ has no provider of the name. */
export function packageFor(name: string, given: string | undefined, cwd: string): string {
  const specs = given ?? findSpecsFolder(cwd);
  const isKnown = specs !== undefined && listProviders(resolve(cwd, specs)).includes(name);
  const published = `@connectry/${name}`;
  return !isKnown && findPackage(published, cwd) !== undefined ? published : name;
}

function draftSource(document: LoadedDocument): MockSource {
  const operations = readOperations(document, { headers: new Set(), query: new Set() });
  const name = readProviderName({ id: "mock", document, operations });
  // It names the environment variable of the credential: `ACME_TOKEN`.
  const id = /^[a-z][a-z0-9]*(-[a-z0-9]+)*/.exec(name.toLowerCase().replace(/[^a-z0-9]+/g, "-"))?.[0] ?? "mock";
  const fields = draftProfile({ id, document, operations }, name);
  const profile = profileData(fields);
  return {
    documents: [document],
    profile,
    facts: readFacts([document], readGeneratorProfile(profile)).facts,
    todos: fields.flatMap((field) => field.todos.map((todo) => `${field.name}: ${todo}`)),
  };
}

/** The profile and the facts that an installed connector exports. */
async function importConnector(name: string, cwd: string): Promise<Pick<MockSource, "profile" | "facts">> {
  const file = createRequire(join(cwd, "package.json")).resolve(name);
  const { profile, facts } = (await import(pathToFileURL(file).href)) as Partial<MockSource>;
  if (profile !== undefined && facts !== undefined) return { profile, facts };
  throw new CodegenError(`The package ${name} is not a connector: it does not export \`profile\` and \`facts\`.`);
}
