import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { compareDocuments } from "../diff/compare-documents.js";
import { levels } from "../diff/rules/rule.js";
import { loadDocument } from "../document/load-document.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { CodegenError } from "../errors/codegen-error.js";
import { findTypeErrors } from "../generate/check/find-type-errors.js";
import { readGeneratorProfile } from "../generate/profile/generator-profile.js";
import { readGenerated } from "../output/write-output.js";
import { writeTogether } from "../output/write-together.js";
import { loadProfile } from "../profile/load-profile.js";
import { cacheFolder, createDocumentCache } from "../source/document-cache.js";
import { loadNpmSettings, type NpmSettings } from "../source/npm-settings.js";
import { runStep } from "../source/progress.js";
import type { PullResult } from "../source/pull-documents.js";
import { selectSpecs } from "../spec/select-specs.js";
import { showPath } from "../text/show-path.js";
import { compareSurfaces } from "../update/compare-surfaces.js";
import { findNewest, type NewestDocument, type NewestOptions } from "../update/newest-documents.js";
import { rewriteSpec } from "../update/rewrite-spec.js";
import { bumpFor, changesetName, findChangesets, findPackage, writeChangeset } from "../update/write-changeset.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";
import { Failures } from "./failures.js";
import { type GeneratableSpec, requireGeneratable } from "./generate-provider.js";
import { loadProviders, type PulledProvider } from "./load-providers.js";

/** Options of `connectry update`. */
export interface UpdateOptions extends ProviderOptions {
  /** Whether documents are fetched from their `upstream` although their source is a package. */
  readonly upstream: boolean;
}

const maxTypeErrors = 20;

/**
 * Fetches the newest documents of providers. Writes spec.yaml, surface.txt, the generated client and a changeset of a
 * provider together, or nothing if its new documents are invalid.
 * @throws CodegenError with the problems of all providers that could not be updated.
 */
export async function update(options: UpdateOptions, context: CommandContext): Promise<void> {
  const specs = await selectSpecs(options.providers, { cwd: context.cwd, specs: options.specs });
  let settings: Promise<NpmSettings> | undefined;
  const newestOptions: NewestOptions = {
    upstream: options.upstream,
    progress: context.progress,
    npmSettings: () => {
      settings ??= loadNpmSettings(context.env, context.cwd);
      return settings;
    },
  };
  const failures = new Failures();
  for (const spec of specs) {
    await failures.collect(async () => {
      const newest = await findNewest(spec.documents, newestOptions);
      if (newest.some(({ isNewer }) => isNewer)) await applyUpdate(requireGeneratable(spec), newest, context);
      else context.result(`${spec.provider}: no newer document`, { provider: spec.provider, documents: [] });
    });
  }
  failures.throwIfAny();
}

async function applyUpdate(
  spec: GeneratableSpec,
  newest: readonly NewestDocument[],
  context: CommandContext,
): Promise<void> {
  const updated = newest.filter(({ isNewer }) => isNewer);
  const [pinned] = await loadProviders({ providers: [spec.folder], fallback: "never" }, context);
  const documents = await Promise.all(
    newest.map(({ pin, bytes }, index) => loadDocument(pin, bytes ?? bytesOf(pinned!.pulled[index]![1]))),
  );
  const [profile, generate] = await Promise.all([loadProfile(spec.profile), context.loadGenerator()]);
  const generated = await runStep(context.progress, `generating ${spec.provider}`, () =>
    generate({ provider: spec.provider, documents, profile, webhooks: spec.webhooks }),
  );
  const typeErrors = findTypeErrors(generated.files);
  if (typeErrors.length > 0) {
    const summary = `The client that is generated from ${spec.provider}'s newest documents does not compile`;
    throw new CodegenError(`${summary}. Nothing was changed:`, [
      ...typeErrors.slice(0, maxTypeErrors),
      `Correct the document in ${showPath(join(spec.folder, "overlay.yaml"), context.cwd)}.`,
    ]);
  }
  const old = await loadPinned(pinned!, context);
  const diff =
    old === undefined
      ? compareSurfaces(await readSurface(spec), generated.surface)
      : compareDocuments(old, documents, { profile: readGeneratorProfile(profile), webhooks: spec.webhooks });
  const pins = updated.map(({ pin }) => pin);
  // The new content of each file; undefined removes it.
  const files = new Map<string, string | undefined>();
  for (const path of (await readGenerated(spec.output)).keys()) files.set(join(spec.output, path), undefined);
  for (const [path, code] of generated.files) files.set(join(spec.output, path), code);
  files.set(join(spec.folder, "surface.txt"), generated.surface);
  files.set(spec.file, rewriteSpec(await readFile(spec.file, "utf8"), pins));
  const changesets = findChangesets(spec.folder);
  const released = findPackage(spec.profile);
  const bump = released && bumpFor(diff, released.version);
  if (changesets !== undefined && released !== undefined && bump !== undefined) {
    const changeset = writeChangeset({ name: released.name, bump, updated, diff });
    files.set(join(changesets, changesetName(spec.provider, pins)), changeset);
  }

  const cache = createDocumentCache(cacheFolder(context.env));
  for (const { pin, bytes } of updated)
    if (bytes !== undefined && pin.source.kind !== "file") await cache.write(pin, bytes);
  await writeTogether(files);

  for (const warning of generated.warnings) context.stderr.write(`${spec.provider}: ${warning}\n`);
  const counts = levels.map(
    (level) => [level, diff.changes.filter((change) => change.level === level).length] as const,
  );
  const summary = `${counts.map(([level, count]) => `${count} ${level}`).join(", ")}${bump === undefined ? "" : `; ${released?.name} ${bump}`}`;
  const moved = updated.map(({ old: oldPin, pin }) => ({ name: pin.name, from: oldPin.origin, to: pin.origin }));
  const lines = [...moved.map(({ from, to }) => `${from} -> ${to}`), summary];
  context.result(lines.map((line) => `${spec.provider}: ${line}`).join("\n"), {
    provider: spec.provider,
    documents: moved,
    changes: Object.fromEntries(counts),
    release: bump === undefined ? undefined : { package: released?.name, bump },
  });
}

/** The pinned documents, corrected by the same overlays; undefined if one is neither at its source nor in the cache. */
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
      `${pinned.spec.provider}: ${pin.origin} no longer serves the pinned document. The changes are derived from surface.txt.\n`,
    );
  }
  return undefined;
}

function bytesOf(result: PullResult): Buffer {
  if (result.kind === "failed") throw result.error;
  return result.bytes;
}

async function readSurface(spec: GeneratableSpec): Promise<string> {
  return readFile(join(spec.folder, "surface.txt"), "utf8").catch(() => "");
}
