import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CodegenError } from "../codegen-error.js";
import { findTypeErrors } from "../generate/check/find-type-errors.js";
import { showPath } from "../text/show-path.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";
import { Failures } from "./failures.js";
import { count, generateProvider } from "./generate-provider.js";
import { loadProviders } from "./load-providers.js";

const shownLines = 20;

/**
 * Generates without writing, and throws where a committed surface.txt is not what the pinned documents give, or where
 * what is generated does not compile.
 */
export async function check(options: ProviderOptions, context: CommandContext): Promise<void> {
  const failures = new Failures();
  for (const provider of await loadProviders(options, context)) {
    await failures.gather(async () => {
      const { spec } = provider;
      const { files, surface, operations } = await generateProvider(provider, context);
      const file = join(spec.folder, "surface.txt");
      const committed = await readFile(file, "utf8").catch(() => undefined);
      const name = showPath(file, context.cwd);
      const remedy = `Run \`connectry generate ${spec.provider}\`, look at what changed, and commit ${name}.`;
      if (committed === undefined) throw new CodegenError(`${name} is not there.`, [remedy]);
      // A checkout may have turned the line ends.
      if (committed.replaceAll("\r\n", "\n") !== surface) {
        throw new CodegenError(`${name} is not what the pinned documents give:`, [
          ...difference(committed, surface),
          remedy,
        ]);
      }
      const typeErrors = findTypeErrors(files);
      if (typeErrors.length > 0) {
        throw new CodegenError(`What ${spec.provider}'s documents say does not compile:`, [
          ...typeErrors.slice(0, shownLines),
          `Repair it in ${showPath(join(spec.folder, "overlay.yaml"), context.cwd)}.`,
        ]);
      }
      context.print(`${spec.provider}: ${count(operations)}, as in ${name}`);
    });
  }
  failures.throwIfAny();
}

/** The lines that only one of two surfaces has. */
function difference(committed: string, current: string): string[] {
  const [old, now] = [committed, current].map((text) => text.split(/\r?\n/).filter((line) => line !== "")) as [
    string[],
    string[],
  ];
  const [inOld, inNow] = [new Set(old), new Set(now)];
  const lines = [
    ...old.filter((line) => !inNow.has(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !inOld.has(line)).map((line) => `+ ${line}`),
  ];
  if (lines.length === 0) return ["the lines are the same, in another order"];
  return lines.length > shownLines
    ? [...lines.slice(0, shownLines), `... and ${lines.length - shownLines} more`]
    : lines;
}
