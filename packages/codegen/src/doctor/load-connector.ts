import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CommandContext } from "../commands/command-context.js";
import { readMockSource } from "../commands/mock-source.js";
import { CodegenError } from "../errors/codegen-error.js";
import type { ProviderSpec } from "../spec/provider-spec.js";

/** What a call that returns its errors resolves to, as far as it is read here. */
export interface SafeResult {
  readonly error?: {
    readonly name: string;
    readonly message: string;
    readonly status?: number;
    readonly headers?: Headers;
  };
  readonly response?: { readonly headers: Headers } | undefined;
}

/** A client, as far as it is used here. */
export interface DoctorClient {
  readonly safe: { GET(path: string): Promise<SafeResult> };
}

/** Creates a client whose credential is that of the environment. */
export type CreateClient = (options: Readonly<Record<string, unknown>>) => DoctorClient;

type Module = Readonly<Record<string, unknown>>;

/** Imports a package as the project does. */
export async function importFrom(cwd: string, name: string): Promise<Module> {
  return import(pathToFileURL(createRequire(join(cwd, "package.json")).resolve(name)).href);
}

/** A provider, and where its connector is. */
export interface Target {
  readonly name: string;
  /** The folder of the installed package; undefined for a provider of specs/. */
  readonly folder: string | undefined;
  readonly spec: ProviderSpec;
}

/**
 * The function that creates a client: that of an installed connector, or for a provider of specs/ one that is made from its profile
 * and documents by the project's core.
 * @throws CodegenError if there is none.
 */
export async function loadConnector({ name, folder, spec }: Target, context: CommandContext): Promise<CreateClient> {
  if (folder !== undefined) {
    const exported = Object.entries(await importFrom(context.cwd, name));
    const create = exported.find(([key, value]) => /^create[A-Z]/.test(key) && typeof value === "function")?.[1];
    if (create !== undefined) return create as CreateClient;
    throw new CodegenError(`The package ${name} is not a connector: it exports no create function.`);
  }
  const { profile, facts } = await readMockSource(spec.folder, {}, context);
  const { createConnector, allStrategies } = (await importFrom(context.cwd, "@connectry/core")) as {
    readonly createConnector: (parts: object, options: object) => DoctorClient;
    readonly allStrategies: (profile: object) => object;
  };
  return (options) => createConnector({ profile, facts, strategies: allStrategies(profile) }, options);
}
