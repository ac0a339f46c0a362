import { join, resolve } from "node:path";
import { CodegenError } from "../codegen-error.js";
import { writeIfChanged } from "../output/write-if-changed.js";
import { megabytes } from "../source/progress.js";
import { showPath } from "../text/show-path.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";
import { Failures } from "./failures.js";
import { loadProviders, type PulledProvider } from "./load-providers.js";

/** Options of `connectry pull`. */
export interface PullOptions extends ProviderOptions {
  /** A folder to write each document into, overlaid and checked, as <name>.json. */
  readonly out?: string | undefined;
}

/** Fetches and verifies the pinned documents; with `out`, writes them as they are generated from. */
export async function pull(options: PullOptions, context: CommandContext): Promise<void> {
  const providers = await loadProviders(options, context);
  const out = options.out === undefined ? undefined : resolve(context.cwd, options.out);
  if (out !== undefined) refuseSameNames(providers);
  const failures = new Failures();
  for (const provider of providers) {
    for (const [pin, result] of provider.pulled) {
      if (result.kind === "failed") failures.add(result.error);
      else {
        const how = { cache: "cached", source: pin.source.kind === "file" ? "read" : "fetched" }[result.from];
        context.print(`${labelOf(provider, pin.name)}  ${megabytes(result.bytes.length)}  ${how}  ${pin.origin}`);
      }
    }
    if (out === undefined || provider.pulled.some(([, result]) => result.kind === "failed")) continue;
    await failures.gather(async () => {
      for (const { name, json } of await provider.load()) {
        const file = join(out, `${name}.json`);
        await writeIfChanged(file, `${JSON.stringify(json, undefined, 2)}\n`);
        context.print(`${labelOf(provider, name)}  written to ${showPath(file, context.cwd)}`);
      }
    });
  }
  failures.throwIfAny();
}

/** `stripe`, or `hubspot/contacts` where the document has a name of its own. */
function labelOf({ spec }: PulledProvider, document: string): string {
  return spec.provider === document ? document : `${spec.provider}/${document}`;
}

function refuseSameNames(providers: readonly PulledProvider[]): void {
  const owners = new Map<string, string>();
  for (const { spec } of providers) {
    for (const { name } of spec.documents) {
      const other = owners.get(name);
      if (other !== undefined) {
        throw new CodegenError(
          `${other} and ${spec.provider} both have a document "${name}": in one folder they would overwrite each other.`,
          ["Pull them one by one, each with its own --out."],
        );
      }
      owners.set(name, spec.provider);
    }
  }
}
