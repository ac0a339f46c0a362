import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { compareDocuments, type Diff } from "../diff/compare-documents.js";
import { reportText } from "../diff/report/report-text.js";
import { levels } from "../diff/rules/rule.js";
import type { CallSite } from "../diff/usage/classify-call.js";
import { findCallSites } from "../diff/usage/find-call-sites.js";
import { constantsOf, readSourceCalls } from "../diff/usage/read-source-calls.js";
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
import { isInstalled } from "../spec/is-installed.js";
import { type ProviderSpec, pinsOf } from "../spec/provider-spec.js";
import { selectSpecs } from "../spec/select-specs.js";
import { showPath } from "../text/show-path.js";
import { compareSurfaces } from "../update/compare-surfaces.js";
import { findNewest, type NewestDocument, type NewestOptions } from "../update/newest-documents.js";
import { rewriteSpec } from "../update/rewrite-spec.js";
import { bumpFor, changesetName, findChangesets, findPackage, writeChangeset } from "../update/write-changeset.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";
import { Failures } from "./failures.js";
import { type GeneratableSpec, requireGeneratable } from "./generate-provider.js";
import { loadProviders } from "./load-providers.js";
import { loadNewest, loadNewestSchema, loadPinned, withSchemas } from "./load-versions.js";

/** Options of `connectry update`. */
export interface UpdateOptions extends ProviderOptions {
  /** Whether documents are fetched from their `upstream` although their source is a package. */
  readonly upstream: boolean;
  /** Glob patterns of the source files to search for calls that break. */
  readonly usage?: readonly string[];
}

const maxTypeErrors = 20;

/**
 * Fetches the newest documents of providers. Writes spec.yaml, surface.txt, the generated client and a changeset of a
 * provider together, or nothing if its new documents are invalid.
 * @throws CodegenError with the problems of all providers that could not be updated.
 */
export async function update(options: UpdateOptions, context: CommandContext): Promise<void> {
  const patterns = options.usage ?? [];
  // A pattern without files is an error before anything is written.
  if (patterns.length > 0) await readSourceCalls({ cwd: context.cwd, patterns, constants: new Map() });
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
      // An installed connector is compared with what its provider publishes, wherever its own copy is from.
      const upstream = options.upstream || isInstalled(spec.file);
      const newest = await findNewest(pinsOf(spec), { ...newestOptions, upstream });
      const reporting = { usage: patterns, json: options.json === true, context };
      if (!newest.some(({ isNewer }) => isNewer)) reportNothing(spec);
      else if (isInstalled(spec.file)) await compareInstalled(spec, newest, reporting);
      else await applyUpdate(requireGeneratable(spec), newest, reporting);
    });
  }
  failures.throwIfAny();

  function reportNothing({ provider }: ProviderSpec): void {
    context.result(`${provider}: no newer document`, { provider, documents: [] });
  }
}

/**
 * Compares the documents of an installed connector with the newest ones, and writes nothing: its client comes with a version of its
 * package.
 */
async function compareInstalled(
  spec: ProviderSpec,
  newest: readonly NewestDocument[],
  reporting: Reporting,
): Promise<void> {
  const { context } = reporting;
  const [pinned] = await loadProviders({ providers: [spec.folder], fallback: "never" }, context);
  const name = findPackage(spec.file)?.name ?? spec.provider;
  const documents = await loadNewest(newest, pinned!).catch((cause: Error) => {
    // Its overlay cannot be changed here.
    throw new CodegenError(
      `The newest document of ${spec.provider} does not fit the installed ${name}: ${cause.message}`,
      [`Look for a version that fits: npm i ${name}@latest`],
      { cause },
    );
  });
  const old = await pinned!.load();
  const diff = withSchemas(compareDocuments(old, documents, { webhooks: spec.webhooks }), {
    old: await pinned!.loadSchema(),
    new: await loadNewestSchema(newest, pinned!),
  });
  await report(spec, { newest, old, diff, release: undefined }, reporting);
  if (!reporting.json)
    context.print(
      `${spec.provider}: nothing was written, because the client is that of the package. Look for a newer one: npm i ${name}@latest`,
    );
}

async function applyUpdate(
  spec: GeneratableSpec,
  newest: readonly NewestDocument[],
  reporting: Reporting,
): Promise<void> {
  const { context } = reporting;
  const updated = newest.filter(({ isNewer }) => isNewer);
  const [pinned] = await loadProviders({ providers: [spec.folder], fallback: "never" }, context);
  const documents = await loadNewest(newest, pinned!);
  const schema = await loadNewestSchema(newest, pinned!);
  const [profile, generate] = await Promise.all([loadProfile(spec.profile), context.loadGenerator()]);
  const generated = await runStep(context.progress, `generating ${spec.provider}`, () =>
    generate({ provider: spec.provider, documents, profile, webhooks: spec.webhooks, schema }),
  );
  const typeErrors = await runStep(context.progress, `type-checking ${spec.provider}`, async () =>
    findTypeErrors(generated.files),
  );
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
      : withSchemas(
          compareDocuments(old, documents, { profile: readGeneratorProfile(profile), webhooks: spec.webhooks }),
          { old: await pinned!.loadSchema(), new: schema },
        );
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
  for (const { pin, bytes } of updated) if (bytes !== undefined) await cache.write(pin, bytes);
  await writeTogether(files);

  for (const warning of generated.warnings) context.stderr.write(`${spec.provider}: ${warning}\n`);
  const release = bump === undefined || released === undefined ? undefined : { package: released.name, bump };
  await report(spec, { newest, old: old ?? documents, diff, release }, reporting);
}

/** How the result of an update is printed. */
interface Reporting {
  readonly usage: readonly string[];
  readonly json: boolean;
  readonly context: CommandContext;
}

/** What an update found. */
interface UpdateResult {
  readonly newest: readonly NewestDocument[];
  /** The documents with the constants that the sources import. */
  readonly old: readonly LoadedDocument[];
  readonly diff: Diff;
  readonly release: { readonly package: string; readonly bump: string } | undefined;
}

/** Prints what changed, and with `usage` which calls break. */
async function report(
  { provider }: ProviderSpec,
  { newest, old, diff, release }: UpdateResult,
  { usage, context }: Reporting,
): Promise<void> {
  const counts = levels.map(
    (level) => [level, diff.changes.filter((change) => change.level === level).length] as const,
  );
  const summary = `${counts.map(([level, count]) => `${count} ${level}`).join(", ")}${release === undefined ? "" : `; ${release.package} ${release.bump}`}`;
  const moved = newest
    .filter(({ isNewer }) => isNewer)
    .map(({ old: oldPin, pin }) => ({ name: pin.name, from: oldPin.origin, to: pin.origin }));
  const sites =
    usage.length === 0
      ? undefined
      : await findCallSites({
          cwd: context.cwd,
          patterns: usage,
          changes: diff.changes,
          constants: constantsOf(old),
        });
  const lines = [...moved.map(({ from, to }) => (from === to ? `${to} has changed` : `${from} -> ${to}`)), summary];
  const breaking = { ...diff, changes: diff.changes.filter(({ level }) => level === "breaking") };
  const text = [
    ...lines.map((line) => `${provider}: ${line}`),
    ...(sites === undefined ? [] : [reportText(breaking, sites)]),
  ];
  context.result(text.join("\n"), {
    provider,
    documents: moved,
    changes: Object.fromEntries(counts),
    release,
    ...(sites !== undefined && { callSites: sites.map(publicSite) }),
  });
}

function publicSite({ change: { affectedCalls: _, ...change }, ...site }: CallSite): object {
  return { ...site, change };
}

async function readSurface(spec: GeneratableSpec): Promise<string> {
  return readFile(join(spec.folder, "surface.txt"), "utf8").catch(() => "");
}
