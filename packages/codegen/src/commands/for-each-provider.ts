import pLimit from "p-limit";
import type { CommandContext, ProviderOptions } from "./command-context.js";
import { Failures } from "./failures.js";
import { loadProviders, type PulledProvider } from "./load-providers.js";

// Generating waits for nothing: two at once, in this process or in a worker each, took longer on two processors.
const maxParallelProviders = 1;

/**
 * Pulls the documents of the providers and does the work for each of them. One that fails does not keep the others from being processed.
 * @throws CodegenError with what failed, when all are done.
 */
export async function forEachProvider(
  options: ProviderOptions,
  context: CommandContext,
  work: (provider: PulledProvider) => Promise<void>,
): Promise<void> {
  const failures = new Failures();
  const providers = await loadProviders(options, context);
  context.progress.expect(providers.length);
  await pLimit(maxParallelProviders).map(providers, (provider) => failures.collect(() => work(provider)));
  failures.throwIfAny();
}
