import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CodegenError } from "../errors/codegen-error.js";
import { findTypeErrors } from "../generate/check/find-type-errors.js";
import { runStep } from "../source/progress.js";
import { showPath } from "../text/show-path.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";
import { forEachProvider } from "./for-each-provider.js";
import { formatOperationCount, generateProvider } from "./generate-provider.js";
import { hasFallback } from "./load-providers.js";

const maxLines = 20;

/**
 * Generates the clients without writing them.
 * @throws CodegenError if a surface.txt does not match the pinned documents, or a client does not compile.
 */
export async function check(options: ProviderOptions, context: CommandContext): Promise<void> {
  await forEachProvider(options, context, async (provider) => {
    const { spec } = provider;
    const { files, surface, operations } = await generateProvider(provider, context);
    const file = join(spec.folder, "surface.txt");
    const committed = await readFile(file, "utf8").catch(() => undefined);
    const name = showPath(file, context.cwd);
    const hint = `Run \`connectry generate ${spec.provider}\`, check what changed, and commit ${name}.`;
    if (committed === undefined) throw new CodegenError(`${name} does not exist.`, [hint]);
    // A checkout may have changed the line endings.
    if (!hasFallback(provider) && committed.replaceAll("\r\n", "\n") !== surface) {
      throw new CodegenError(`${name} does not match the pinned documents:`, [
        ...changedLines(committed, surface),
        hint,
      ]);
    }
    const typeErrors = await runStep(context.progress, `type-checking ${spec.provider}`, async () =>
      findTypeErrors(files),
    );
    if (typeErrors.length > 0) {
      throw new CodegenError(`The client that is generated from ${spec.provider}'s documents does not compile:`, [
        ...typeErrors.slice(0, maxLines),
        `Correct the document in ${showPath(join(spec.folder, "overlay.yaml"), context.cwd)}.`,
      ]);
    }
    const result = hasFallback(provider) ? `of a fallback, not compared with ${name}` : `matches ${name}`;
    const data = { provider: spec.provider, operations, fallback: hasFallback(provider), surface: name };
    context.result(`${spec.provider}: ${formatOperationCount(operations)}, ${result}`, data);
  });
}

/** The lines that only one of the two texts has. */
function changedLines(committed: string, current: string): string[] {
  const [old, now] = [committed, current].map((text) => text.split(/\r?\n/).filter((line) => line !== "")) as [
    string[],
    string[],
  ];
  const [inOld, inNow] = [new Set(old), new Set(now)];
  const lines = [
    ...old.filter((line) => !inNow.has(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !inOld.has(line)).map((line) => `+ ${line}`),
  ];
  if (lines.length === 0) return ["the same lines in another order"];
  return lines.length > maxLines ? [...lines.slice(0, maxLines), `... and ${lines.length - maxLines} more`] : lines;
}
