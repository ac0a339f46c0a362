import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { addConnector } from "../add/add-connector.js";
import { type ConnectorLocation, locateConnector, toPosixPath } from "../add/connector-location.js";
import { checkProviderId } from "../add/provider-name.js";
import { loadDocument } from "../document/load-document.js";
import { CodegenError } from "../errors/codegen-error.js";
import { findTypeErrors } from "../generate/check/find-type-errors.js";
import { writeTogether } from "../output/write-together.js";
import { cacheFolder, createDocumentCache } from "../source/document-cache.js";
import { documentFolder } from "../source/document-folder.js";
import { type FetchedDocument, fetchDocument } from "../source/fetch-document.js";
import { loadNpmSettings } from "../source/npm-settings.js";
import { runStep } from "../source/progress.js";
import { parseSource, type Source } from "../source/source.js";
import { showPath } from "../text/show-path.js";
import type { CommandContext } from "./command-context.js";
import { formatOperationCount } from "./generate-provider.js";

/** Options of `connectry add`. */
export interface AddOptions {
  /** The id of the connector: `acme`. */
  readonly name: string;
  /** The source of its document, as in a spec.yaml. */
  readonly spec: string;
  /** The SHA-256 that the document must have, as 64 hexadecimal digits. @default whatever is fetched */
  readonly sha256?: string | undefined;
  /** The folder for its sources. @default a new package of this repository */
  readonly out?: string | undefined;
  /** A file with an overlay. @default specs/<name>/overlay.yaml, if it is there */
  readonly overlay?: string | undefined;
}

const maxTypeErrors = 10;

/**
 * Creates a connector from a document. Writes all of its files, or none if anything fails.
 * @throws CodegenError if the document cannot be used, or there is a connector of that name already.
 */
export async function add(options: AddOptions, context: CommandContext): Promise<void> {
  const id = checkProviderId(options.name);
  const location = locateConnector(id, context.cwd, options.out);
  const source = parseSource(options.spec, context.cwd);
  context.progress.expect(source.kind === "file" ? 2 : 3);
  const fetched = await fetchExpected(source, options.sha256, context);
  const origin = source.kind === "file" ? toPosixPath(relative(location.specs, source.path)) : options.spec;
  const pin = {
    source: origin,
    sha256: fetched.sha256,
    ...(fetched.integrity !== undefined && { integrity: fetched.integrity }),
  };
  const overlay = findOverlay(options.overlay, location, context.cwd);
  const documentPin = { name: id, source, origin, sha256: fetched.sha256, ...(overlay !== undefined && { overlay }) };
  const document = await loadDocument(documentPin, fetched.bytes);

  const generator = await context.loadGenerator();
  const generate: typeof generator = (input) => runStep(context.progress, `generating ${id}`, () => generator(input));
  const connector = await addConnector({
    id,
    document,
    overlay: overlay === undefined ? undefined : readFileSync(overlay, "utf8"),
    pin,
    location,
    generate,
    ask: context.ask,
  });
  const typeErrors = await runStep(context.progress, `type-checking ${id}`, async () =>
    findTypeErrors(connector.generated.files),
  );
  const repositoryFiles = location.kind === "package" ? changeRepository(id, connector.name, location) : [];
  await writeTogether(new Map([...connector.files, ...repositoryFiles]));
  // The first `connectry update` compares it with what takes its place; without a cache it has surface.txt.
  const cache = createDocumentCache(cacheFolder(context.env));
  await cache.write({ ...documentPin, ...pin, source, origin }, fetched.bytes).catch(() => {});

  for (const warning of connector.generated.warnings) context.stderr.write(`${id}: ${warning}\n`);
  if (typeErrors.length > 0) {
    context.stderr.write(
      `${id}: the client that is generated from the document does not compile. Correct the document in ${showPath(join(location.specs, "overlay.yaml"), context.cwd)}:\n${typeErrors
        .slice(0, maxTypeErrors)
        .map((line) => `  ${line}\n`)
        .join("")}`,
    );
  }
  const todos = connector.fields.flatMap((field) => field.todos.map((todo) => ({ field: field.name, todo })));
  const file = showPath(join(location.source, "profile.ts"), context.cwd);
  const operations = connector.generated.operations;
  const lines = [
    `${id}: ${formatOperationCount(operations)} in ${showPath(location.folder, context.cwd)}, pinned in ${showPath(location.specs, context.cwd)}`,
    ...(todos.length > 0 ? [`The document does not say everything. Check what is marked TODO in ${file}:`] : []),
    ...todos.map(({ field, todo }) => `  ${field}: ${todo}`),
    ...nextSteps(location, context.cwd),
  ];
  context.result(lines.join("\n"), {
    provider: id,
    operations,
    folder: showPath(location.folder, context.cwd),
    profile: file,
    spec: showPath(join(location.specs, "spec.yaml"), context.cwd),
    todos,
    typeErrors: typeErrors.length,
  });
}

/**
 * The document as it is published now. One of an address whose hash is known may be in the folder of documents.
 * @throws CodegenError if it cannot be fetched, or has another hash.
 */
async function fetchExpected(
  source: Source,
  hash: string | undefined,
  context: CommandContext,
): Promise<FetchedDocument> {
  if (hash !== undefined && !/^[0-9a-f]{64}$/.test(hash))
    throw new CodegenError(`--sha256 must be 64 hexadecimal digits in lower case, got ${JSON.stringify(hash)}.`);
  if (hash !== undefined && source.kind === "url") {
    const bytes = await documentFolder(context.env, context.cwd).read(hash);
    if (bytes !== undefined) return { bytes, sha256: hash };
  }
  const fetched = await fetchDocument(source, {
    progress: context.progress,
    npmSettings: () => loadNpmSettings(context.env, context.cwd),
  });
  if (hash === undefined || fetched.sha256 === hash) return fetched;
  throw new CodegenError("The document is not the one that --sha256 promises. Nothing was written.", [
    `received  sha256 ${fetched.sha256}`,
  ]);
}

/**
 * The overlay that corrects the document.
 * @throws CodegenError if it is named, and specs/ has another one.
 */
function findOverlay(named: string | undefined, { specs }: ConnectorLocation, cwd: string): string | undefined {
  const own = join(specs, "overlay.yaml");
  if (named === undefined) return existsSync(own) ? own : undefined;
  const file = resolve(cwd, named.replaceAll("\\", "/"));
  if (!existsSync(file)) throw new CodegenError(`--overlay: ${showPath(file, cwd)} does not exist.`);
  if (file !== own && existsSync(own))
    throw new CodegenError(`${showPath(own, cwd)} exists already. Nothing was written.`, [
      "Add your corrections to it, or remove it: without `--overlay` it is applied.",
    ]);
  return file;
}

/** What a repository of connectors has of a new one outside its own folders: its changeset. */
function changeRepository(id: string, name: string, { root }: ConnectorLocation): [string, string][] {
  if (!existsSync(join(root, ".changeset"))) return [];
  const text = `---\n"@connectry/${id}": minor\n---\n\nFirst release: a typed client for the API of ${name}.\n`;
  return [[join(root, ".changeset", `add-${id}.md`), text]];
}

function nextSteps(location: ConnectorLocation, cwd: string): string[] {
  const { kind, root, runner, source } = location;
  if (kind === "package") {
    return [
      "Next: check profile.ts, collect what the vendor publishes in test/responses.json, then build and test",
      "(CONTRIBUTING.md, Add a connector).",
    ];
  }
  const required = {
    "@connectry/core": "npm i",
    "@connectry/testing": "npm i -D",
    "@connectry/codegen": "npm i -D",
    // Node runs no TypeScript with imports of `.js`, whatever its version.
    ...(runner === "node:test" && { tsx: "npm i -D" }),
  };
  const installed = dependenciesOf(join(root, "package.json"));
  const missing = (command: string) =>
    Object.entries(required).flatMap(([name, one]) => (one === command && !installed.includes(name) ? [name] : []));
  const installs = ["npm i", "npm i -D"].flatMap((command) => {
    const names = missing(command);
    return names.length > 0 ? [`${command} ${names.join(" ")}`] : [];
  });
  return [
    ...(installs.length > 0 ? [`Next: ${installs.join(" && ")}`] : []),
    `Test it: ${runner === "vitest" ? "npx vitest run" : "node --import tsx --test"} ${showPath(join(source, "contract.test.ts"), cwd)}`,
  ];
}

function dependenciesOf(manifest: string): string[] {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(manifest, "utf8"));
    return Object.keys({ ...dependencies, ...devDependencies });
  } catch {
    // Without a readable package.json, no package counts as installed.
    return [];
  }
}
