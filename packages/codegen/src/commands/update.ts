import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CodegenError } from "../codegen-error.js";
import { compareDocuments, levels } from "../diff/compare-documents.js";
import { loadDocument } from "../document/load-document.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { findTypeErrors } from "../generate/check/find-type-errors.js";
import { readGeneratorProfile } from "../generate/generator-profile.js";
import { setByClient } from "../generate/operations/set-by-client.js";
import { readGenerated } from "../output/write-output.js";
import { writeTogether } from "../output/write-together.js";
import { loadProfile } from "../profile/load-profile.js";
import { cacheFolder, createDocumentCache } from "../source/document-cache.js";
import { loadNpmSettings, type NpmSettings } from "../source/npm-settings.js";
import type { Pulled } from "../source/pull-documents.js";
import { selectSpecs } from "../spec/select-specs.js";
import { showPath } from "../text/show-path.js";
import { compareSurfaces } from "../update/compare-surfaces.js";
import { findNewest, type NewestDocument, type NewestOptions } from "../update/newest-documents.js";
import { rewriteSpec } from "../update/rewrite-spec.js";
import { bumpFor, changesetName, findChangesets, findPackage, writeChangeset } from "../update/write-changeset.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";
import { Failures } from "./failures.js";
import { type GeneratableSpec, needGeneratable } from "./generate-provider.js";
import { loadProviders, type PulledProvider, progressOf } from "./load-providers.js";

/** Options of `connectry update`. */
export interface UpdateOptions extends ProviderOptions {
  /** Whether documents are taken from their `upstream`, although their source is a package. */
  readonly upstream: boolean;
}

const shownErrors = 20;

/**
 * Takes the newest documents of providers: spec.yaml, surface.txt, the generated client and a changeset are written
 * together, and nothing of a provider whose new documents are wrong in any way.
 */
export async function update(options: UpdateOptions, context: CommandContext): Promise<void> {
  const specs = await selectSpecs(options.providers, { cwd: context.cwd, specs: options.specs });
  let settings: Promise<NpmSettings> | undefined;
  const newest: NewestOptions = {
    upstream: options.upstream,
    progress: progressOf(context),
    npmSettings: () => {
      settings ??= loadNpmSettings(context.env, context.cwd);
      return settings;
    },
  };
  const failures = new Failures();
  for (const spec of specs) {
    await failures.gather(async () => {
      const found = await findNewest(spec.documents, newest);
      if (found.some(({ isNewer }) => isNewer)) await takeOver(needGeneratable(spec), found, context);
      else context.print(`${spec.provider}: nothing newer`);
    });
  }
  failures.throwIfAny();
}

async function takeOver(
  spec: GeneratableSpec,
  found: readonly NewestDocument[],
  context: CommandContext,
): Promise<void> {
  const updated = found.filter(({ isNewer }) => isNewer);
  const [pinned] = await loadProviders({ providers: [spec.folder] }, context);
  const documents = await Promise.all(
    found.map(({ pin, bytes }, index) => loadDocument(pin, bytes ?? bytesOf(pinned!.pulled[index]![1]))),
  );
  const [profile, generate] = await Promise.all([loadProfile(spec.profile), context.loadGenerator()]);
  const generated = await generate({ provider: spec.provider, documents, profile });
  const typeErrors = findTypeErrors(generated.files);
  if (typeErrors.length > 0) {
    throw new CodegenError(`What ${spec.provider}'s newest documents say does not compile. Nothing was changed:`, [
      ...typeErrors.slice(0, shownErrors),
      `Repair it in ${showPath(join(spec.folder, "overlay.yaml"), context.cwd)}.`,
    ]);
  }
  const old = await loadPinned(pinned!, context);
  const diff =
    old === undefined
      ? compareSurfaces(await readSurface(spec), generated.surface)
      : compareDocuments(old, documents, setByClient(readGeneratorProfile(profile)));
  const text = await readFile(spec.file, "utf8");
  const pins = updated.map(({ pin }) => pin);
  const changes = new Map<string, string | undefined>();
  for (const path of (await readGenerated(spec.output)).keys()) changes.set(join(spec.output, path), undefined);
  for (const [path, code] of generated.files) changes.set(join(spec.output, path), code);
  changes.set(join(spec.folder, "surface.txt"), generated.surface);
  changes.set(spec.file, rewriteSpec(text, pins));
  const changesets = findChangesets(spec.folder);
  const released = findPackage(spec.profile);
  const bump = released && bumpFor(diff, released.version);
  if (changesets !== undefined && released !== undefined && bump !== undefined)
    changes.set(join(changesets, changesetName(spec.provider, pins)), writeChangeset(released, bump, updated, diff));

  const cache = createDocumentCache(cacheFolder(context.env));
  for (const { pin, bytes } of updated)
    if (bytes !== undefined && pin.source.kind !== "file") await cache.write(pin, bytes);
  await writeTogether(changes);

  for (const warning of generated.warnings) context.stderr.write(`${spec.provider}: ${warning}\n`);
  for (const { old: before, pin } of updated) context.print(`${spec.provider}: ${before.origin} -> ${pin.origin}`);
  const counts = levels.map((level) => `${diff.changes.filter((change) => change.level === level).length} ${level}`);
  context.print(`${spec.provider}: ${counts.join(", ")}${bump === undefined ? "" : `; ${released?.name} ${bump}`}`);
}

/** What is pinned now, repaired by the same overlay; undefined where an address serves it no more, and no cache has it. */
async function loadPinned(
  pinned: PulledProvider,
  context: CommandContext,
): Promise<readonly LoadedDocument[] | undefined> {
  const isLost = ([pin, result]: PulledProvider["pulled"][number]) =>
    result.kind === "failed" && pin.source.kind !== "npm";
  const lost = pinned.pulled.filter(isLost);
  if (lost.length === 0) return pinned.load();
  for (const [pin] of lost) {
    context.stderr.write(
      `${pinned.spec.provider}: ${pin.origin} has the pinned document no more: what changed is told from surface.txt alone.\n`,
    );
  }
  return undefined;
}

function bytesOf(pulled: Pulled): Buffer {
  if (pulled.kind === "failed") throw pulled.error;
  return pulled.bytes;
}

async function readSurface(spec: GeneratableSpec): Promise<string> {
  return readFile(join(spec.folder, "surface.txt"), "utf8").catch(() => "");
}
