import { join, resolve } from "node:path";
import type { GraphQLSchema } from "graphql";
import { CodegenError } from "../errors/codegen-error.js";
import { writeIfChanged } from "../output/write-if-changed.js";
import type { PullResult } from "../source/pull-documents.js";
import { formatMegabytes } from "../text/format-megabytes.js";
import { showPath } from "../text/show-path.js";
import type { CommandContext, ProviderOptions } from "./command-context.js";
import { Failures } from "./failures.js";
import { isStrict, loadProviders, type PulledProvider } from "./load-providers.js";
import { writePulled } from "./pulled-record.js";

/** Options of `connectry pull`. */
export interface PullOptions extends ProviderOptions {
  /** The folder to write each document to, corrected and checked, as <name>.json. */
  readonly out?: string | undefined;
  /**
   * Whether specs/<provider>/pulled.txt is written, and a provider whose document cannot be fetched is left out instead of being a
   * failure. Without effect on the latter if CONNECTRY_STRICT is set.
   */
  readonly record?: boolean;
}

/** Fetches and verifies the pinned documents. With `out`, writes them as clients are generated from them. */
export async function pull(options: PullOptions, context: CommandContext): Promise<void> {
  const providers = await loadProviders({ ...options, fallback: "unavailable" }, context);
  const out = options.out === undefined ? undefined : resolve(context.cwd, options.out);
  if (out !== undefined) checkUniqueNames(providers);
  const failures = new Failures();
  const mayLeaveOut = options.record === true && !isStrict(context.env);
  for (const provider of providers) {
    for (const [, result] of provider.pulled) {
      if (result.kind === "pulled") printPulled(provider, result, context);
      else if (mayLeaveOut && result.reason === "unavailable")
        context.result(`${provider.spec.provider}: left out: ${firstLine(result.error)}`, {
          provider: provider.spec.provider,
          leftOut: firstLine(result.error),
        });
      else failures.add(result.error);
    }
    if (options.record) await failures.collect(() => writePulled(provider));
    if (out === undefined || provider.pulled.some(([, result]) => result.kind === "failed")) continue;
    await failures.collect(async () => {
      const schema = await provider.loadSchema();
      const texts = (await provider.load()).map(
        ({ name, json }) => [name, `${name}.json`, `${JSON.stringify(json, undefined, 2)}\n`] as const,
      );
      // As editors and their plugins read it.
      const sdl =
        schema === undefined
          ? []
          : ([["graphql", `${provider.spec.provider}.graphql`, await schemaText(schema)]] as const);
      for (const [name, fileName, text] of [...texts, ...sdl]) {
        const file = join(out, fileName);
        await writeIfChanged(file, text);
        const written = showPath(file, context.cwd);
        const data = { provider: provider.spec.provider, document: name, written };
        context.result(`${labelOf(provider, name)}  written to ${written}`, data);
      }
    });
  }
  failures.throwIfAny();
}

async function schemaText(schema: GraphQLSchema): Promise<string> {
  // Most providers have none.
  const { printSchema } = await import("graphql");
  return `${printSchema(schema)}\n`;
}

function printPulled(
  provider: PulledProvider,
  { pin, bytes, from, instead }: Extract<PullResult, { kind: "pulled" }>,
  context: CommandContext,
): void {
  const source = pin.source.kind === "file" ? "read" : "fetched";
  const how = { folder: "from CONNECTRY_DOCUMENTS", cache: "cached", source }[from];
  const label = labelOf(provider, pin.name);
  const reason = instead === undefined ? undefined : firstLine(instead).split(": ")[0];
  const { provider: id } = provider.spec;
  const data = { provider: id, document: pin.name, bytes: bytes.length, from, origin: pin.origin, insteadOf: reason };
  const fallback = reason === undefined ? "" : `\n${label}  fallback: ${reason}`;
  context.result(`${label}  ${formatMegabytes(bytes.length)}  ${how}  ${pin.origin}${fallback}`, data);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] as string;
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
