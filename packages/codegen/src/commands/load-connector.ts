import type { CreateClient, DoctorClient } from "../doctor/doctor-client.js";
import { importFrom } from "../doctor/import-from.js";
import { CodegenError } from "../errors/codegen-error.js";
import type { ProviderSpec } from "../spec/provider-spec.js";
import type { CommandContext } from "./command-context.js";
import { readMockSource } from "./mock-source.js";

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
  const { kind } = (profile as { readonly auth: { readonly kind: string } }).auth;
  // An entry of its own has what exchanges tokens.
  const { tokenExchange } = kind === "client-credentials" ? await importFrom(context.cwd, "@connectry/core/oauth") : {};
  const strategies = { ...allStrategies(profile), ...(tokenExchange !== undefined && { tokenExchange }) };
  return (options) => createConnector({ profile, facts, strategies }, options);
}
