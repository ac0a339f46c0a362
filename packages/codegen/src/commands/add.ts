import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { addConnector } from "../add/add-connector.js";
import { type ConnectorPlace, findConnectorPlace, posix } from "../add/connector-place.js";
import { checkProviderId } from "../add/provider-name.js";
import { loadDocument } from "../document/load-document.js";
import { findTypeErrors } from "../generate/check/find-type-errors.js";
import { writeTogether } from "../output/write-together.js";
import { fetchDocument } from "../source/fetch-document.js";
import { loadNpmSettings } from "../source/npm-settings.js";
import { parseSource } from "../source/source.js";
import { showPath } from "../text/show-path.js";
import type { CommandContext } from "./command-context.js";
import { count } from "./generate-provider.js";
import { progressOf } from "./load-providers.js";

/** Options of `connectry add`. */
export interface AddOptions {
  /** The connector's id: `acme`. */
  readonly name: string;
  /** Where its document is: as `source` of a spec.yaml. */
  readonly spec: string;
  /** The folder for its sources; a package of this repository where it is not given. */
  readonly out?: string | undefined;
}

const shownErrors = 10;

/** Makes a connector from a document. Writes all of its files or none. */
export async function add(options: AddOptions, context: CommandContext): Promise<void> {
  const id = checkProviderId(options.name);
  const place = findConnectorPlace(id, context.cwd, options.out);
  const source = parseSource(options.spec, context.cwd);
  const progress = progressOf(context);
  const fetched = await fetchDocument(source, {
    progress,
    npmSettings: () => loadNpmSettings(context.env, context.cwd),
  });
  const origin = source.kind === "file" ? posix(relative(place.specs, source.path)) : options.spec;
  const pin = {
    source: origin,
    sha256: fetched.sha256,
    ...(fetched.integrity !== undefined && { integrity: fetched.integrity }),
  };
  const document = await loadDocument({ name: id, source, origin, sha256: fetched.sha256 }, fetched.bytes);

  const generate = await context.loadGenerator();
  const connector = await addConnector({ id, document, pin, place, generate, ask: context.ask });
  const typeErrors = findTypeErrors(connector.generated.files);
  const around = place.kind === "package" ? repositoryChanges(id, connector.name, place) : [];
  await writeTogether(new Map([...connector.files, ...around]));

  for (const warning of connector.generated.warnings) context.stderr.write(`${id}: ${warning}\n`);
  if (typeErrors.length > 0) {
    context.stderr.write(
      `${id}: what the document says does not compile. Repair it in ${showPath(join(place.specs, "overlay.yaml"), context.cwd)}:\n${typeErrors
        .slice(0, shownErrors)
        .map((line) => `  ${line}\n`)
        .join("")}`,
    );
  }
  context.print(
    `${id}: ${count(connector.generated.operations)} in ${showPath(place.folder, context.cwd)}, pinned in ${showPath(place.specs, context.cwd)}`,
  );
  const open = connector.fields.flatMap(({ name, open: sentences }) =>
    sentences.map((sentence) => `${name}: ${sentence}`),
  );
  if (open.length > 0) {
    context.print(
      `What the document does not tell is marked TODO in ${showPath(join(place.source, "profile.ts"), context.cwd)}:`,
    );
    for (const sentence of open) context.print(`  ${sentence}`);
  }
  for (const line of nextSteps(place)) context.print(line);
}

/** What a repository of connectors wants to know of a new one. */
function repositoryChanges(id: string, name: string, { root }: ConnectorPlace): [string, string][] {
  const changes: [string, string][] = [];
  if (existsSync(join(root, ".changeset"))) {
    const text = `---\n"@connectry/${id}": minor\n---\n\nFirst release: a typed client for the API of ${name}.\n`;
    changes.push([join(root, ".changeset", `add-${id}.md`), text]);
  }
  // READMEs are compiled as programs of examples/, which has to find the package.
  const examples = join(root, "examples/package.json");
  if (existsSync(examples)) {
    const manifest = JSON.parse(readFileSync(examples, "utf8"));
    const dependencies = { ...manifest.dependencies, [`@connectry/${id}`]: "workspace:^" };
    const sorted = Object.fromEntries(Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1)));
    changes.push([examples, `${JSON.stringify({ ...manifest, dependencies: sorted }, undefined, 2)}\n`]);
  }
  return changes;
}

function nextSteps({ kind, root, runner }: ConnectorPlace): string[] {
  if (kind === "package") return ["Next: look at profile.ts, then build and test (CONTRIBUTING.md, Add a connector)."];
  const wanted = { "@connectry/core": "npm i", "@connectry/testing": "npm i -D", "@connectry/codegen": "npm i -D" };
  const has = dependenciesOf(join(root, "package.json"));
  const missing = (command: string) =>
    Object.entries(wanted).flatMap(([name, how]) => (how === command && !has.includes(name) ? [name] : []));
  const installs = ["npm i", "npm i -D"].flatMap((command) => {
    const names = missing(command);
    return names.length > 0 ? [`${command} ${names.join(" ")}`] : [];
  });
  return [
    ...(installs.length > 0 ? [`Next: ${installs.join(" && ")}`] : []),
    `Its contract test is written for ${runner === "vitest" ? "vitest" : "node --test"}.`,
  ];
}

function dependenciesOf(manifest: string): string[] {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(manifest, "utf8"));
    return Object.keys({ ...dependencies, ...devDependencies });
  } catch {
    // Then all of them are named.
    return [];
  }
}
