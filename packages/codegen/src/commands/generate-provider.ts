import { CodegenError } from "../errors/codegen-error.js";
import type { GenerateOutput } from "../generate/generate.js";
import { loadProfile } from "../profile/load-profile.js";
import { runStep } from "../source/progress.js";
import { isInstalled } from "../spec/is-installed.js";
import type { ProviderSpec } from "../spec/provider-spec.js";
import { showPath } from "../text/show-path.js";
import type { CommandContext } from "./command-context.js";
import type { PulledProvider } from "./load-providers.js";

/** A spec with all fields that generating requires. */
export type GeneratableSpec = ProviderSpec & Required<Pick<ProviderSpec, "profile" | "output">>;

/** Loads a provider's documents and profile, and generates its client without writing it. */
export async function generateProvider(provider: PulledProvider, context: CommandContext): Promise<GenerateOutput> {
  const { spec } = provider;
  const { profile: profileFile } = requireGeneratable(spec);
  return runStep(context.progress, `generating ${spec.provider}`, async () => {
    const documents = await provider.load();
    const [profile, generate] = await Promise.all([loadProfile(profileFile), context.loadGenerator()]);
    const schema = await provider.loadSchema();
    return generate({ provider: spec.provider, documents, profile, webhooks: spec.webhooks, schema });
  });
}

/**
 * Returns the spec if a client can be generated from it. The specs in published packages only say where documents are.
 * @throws CodegenError if `profile` or `output` is missing, or the spec is of an installed package: it chooses what code is
 * run, and which folder is overwritten.
 */
export function requireGeneratable(spec: ProviderSpec): GeneratableSpec {
  const { profile, output } = spec;
  if (isInstalled(spec.file)) {
    throw new CodegenError(`${showPath(spec.file)} is of an installed package: its documents can only be pulled.`, [
      `Run \`connectry pull\`, or copy the spec to specs/${spec.provider}/ to generate a client of your own.`,
    ]);
  }
  if (profile !== undefined && output !== undefined) return { ...spec, profile, output };
  const missing = profile === undefined ? "profile" : "output";
  throw new CodegenError(`${showPath(spec.file)} has no \`${missing}\`, which is required to generate a client.`, [
    "`profile` is the path of the connector's profile.ts.",
    "`output` is the folder for the generated code, which must contain nothing else.",
  ]);
}

/** `533 operations` */
export function formatOperationCount(operations: number): string {
  return `${operations} operation${operations === 1 ? "" : "s"}`;
}
