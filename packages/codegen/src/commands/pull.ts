import { join, resolve } from "node:path";
import { CodegenError } from "../errors/codegen-error.js";
import { writeIfChanged } from "../output/write-if-changed.js";
import { formatMegabytes } from "../text/format-megabytes.js";
import { showPath } from "../text/show-path.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";
import { Failures } from "./failures.js";
import { loadProviders, type PulledProvider } from "./load-providers.js";

/** Options of `connectry pull`. */
export interface PullOptions extends ProviderOptions {
  /** The folder to write each document to, corrected and checked, as <name>.json. */
  readonly out?: string | undefined;
}

/** Fetches and verifies the pinned documents. With `out`, writes them as clients are generated from them. */
export async function pull(options: PullOptions, context: CommandContext): Promise<void> {
  const providers = await loadProviders(options, context);
  const out = options.out === undefined ? undefined : resolve(context.cwd, options.out);
  if (out !== undefined) checkUniqueNames(providers);
  const failures = new Failures();
  for (const provider of providers) {
    for (const [pin, result] of provider.pulled) {
      if (result.kind === "failed") failures.add(result.error);
      else {
        const how = { cache: "cached", source: pin.source.kind === "file" ? "read" : "fetched" }[result.from];
        context.print(`${labelOf(provider, pin.name)}  ${formatMegabytes(result.bytes.length)}  ${how}  ${pin.origin}`);
      }
    }
    if (out === undefined || provider.pulled.some(([, result]) => result.kind === "failed")) continue;
    await failures.collect(async () => {
      for (const { name, json } of await provider.load()) {
        const file = join(out, `${name}.json`);
        await writeIfChanged(file, `${JSON.stringify(json, undefined, 2)}\n`);
        context.print(`${labelOf(provider, name)}  written to ${showPath(file, context.cwd)}`);
      }
    });
  }
  failures.throwIfAny();
}

/** `stripe`, or `hubspot/contacts` if the document is not named like the provider. */
function labelOf({ spec }: PulledProvider, document: string): string {
  return spec.provider === document ? document : `${spec.provider}/${document}`;
}

function checkUniqueNames(providers: readonly PulledProvider[]): void {
  const owners = new Map<string, string>();
  for (const { spec } of providers) {
    for (const { name } of spec.documents) {
      const other = owners.get(name);
      if (other !== undefined) {
        throw new CodegenError(
          `${other} and ${spec.provider} both have a document "${name}", so one would overwrite the other.`,
          ["Pull them separately, each with its own --out."],
        );
      }
      owners.set(name, spec.provider);
    }
  }
}
