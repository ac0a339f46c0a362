import { CodegenError } from "../codegen-error.js";
import type { GenerateOutput } from "../generate/generate.js";
import { loadProfile } from "../profile/load-profile.js";
import type { ProviderSpec } from "../spec/provider-spec.js";
import { showPath } from "../text/show-path.js";
import type { CommandContext } from "./command-context.js";
import { type PulledProvider, progressOf } from "./load-providers.js";

/** A spec that says all that generating needs. */
export type GeneratableSpec = ProviderSpec & Required<Pick<ProviderSpec, "profile" | "output">>;

/** Loads a provider's documents and profile and runs the generator; warnings go to stderr. Writes nothing. */
export async function generateProvider(provider: PulledProvider, context: CommandContext): Promise<GenerateOutput> {
  const { spec } = provider;
  const { profile: profileFile } = needGeneratable(spec);
  const task = progressOf(context).start(`generating ${spec.provider}`);
  try {
    const documents = await provider.load();
    const [profile, generate] = await Promise.all([loadProfile(profileFile), context.loadGenerator()]);
    return await generate({ provider: spec.provider, documents, profile, webhooks: spec.webhooks });
  } finally {
    task.end();
  }
}

/** Throws where a spec only says where documents are, as those of published packages do. */
export function needGeneratable(spec: ProviderSpec): GeneratableSpec {
  const { profile, output } = spec;
  if (profile !== undefined && output !== undefined) return { ...spec, profile, output };
  const missing = profile === undefined ? "profile" : "output";
  throw new CodegenError(`${showPath(spec.file)} has no \`${missing}\`, which generating needs.`, [
    "profile: the path of the connector's profile.ts",
    "output: the folder for the generated code, which holds nothing else",
  ]);
}

/** `533 operations` */
export function count(operations: number): string {
  return `${operations} operation${operations === 1 ? "" : "s"}`;
}
