import { join } from "node:path";
import { writeIfChanged } from "../output/write-if-changed.js";
import { writeOutput } from "../output/write-output.js";
import { showPath } from "../text/show-path.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";
import { forEachProvider } from "./for-each-provider.js";
import { formatOperationCount, generateProvider, requireGeneratable } from "./generate-provider.js";
import { hasFallback } from "./load-providers.js";

/** Generates the typed clients from the pinned documents, and writes surface.txt next to each spec.yaml. */
export async function generate(options: ProviderOptions, context: CommandContext): Promise<void> {
  await forEachProvider(options, context, async (provider) => {
    const { spec } = provider;
    const { output } = requireGeneratable(spec);
    const startedAt = context.now();
    const generated = await generateProvider(provider, context);
    const change = await writeOutput(output, generated.files);
    // Of a fallback it would be another one, and nothing to commit.
    const surfaceChanged =
      !hasFallback(provider) && (await writeIfChanged(join(spec.folder, "surface.txt"), generated.surface));

    for (const warning of generated.warnings) context.stderr.write(`${spec.provider}: ${warning}\n`);
    const seconds = ((context.now() - startedAt) / 1_000).toFixed(1);
    const changes =
      change.written + change.removed === 0
        ? "unchanged"
        : `${change.written} of ${generated.files.size} files written`;
    const { operations } = generated;
    const folder = showPath(output, context.cwd);
    context.result(`${spec.provider}: ${formatOperationCount(operations)} in ${seconds} s, ${changes} (${folder})`, {
      provider: spec.provider,
      operations,
      seconds: Number(seconds),
      ...change,
      output: folder,
      surfaceChanged,
    });
    const surface = showPath(join(spec.folder, "surface.txt"), context.cwd);
    if (surfaceChanged && !options.json) context.print(`${spec.provider}: ${surface} changed: commit it`);
  });
}
