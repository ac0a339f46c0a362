import { CodegenError } from "../errors/codegen-error.js";
import type { CommandContext } from "./command-context.js";
import { readMockSource } from "./mock-source.js";

/** Options of `connectry mock`. */
export interface MockOptions {
  /** A provider, or a document. */
  readonly name: string;
  readonly specs?: string | undefined;
  readonly port: number;
  /** Where events are delivered, and the secret that they are signed with. */
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
  /** Whether the address, requests and deliveries are printed as JSON, one object in each line. */
  readonly json?: boolean;
}

/**
 * Serves a fake provider on this machine until the process is interrupted, and prints every request.
 * @throws CodegenError if the port is in use, or the document cannot be used.
 */
export async function mock(options: MockOptions, context: CommandContext): Promise<void> {
  const { documents, profile, facts, todos } = await readMockSource(options.name, options, context);
  // Loaded for this command alone: it brings a generator of samples and a validator.
  const { fakeProvider } = await import("@connectry/testing");
  const server = await fakeProvider({
    document: documents.map(({ json }) => json as never),
    profile: profile as never,
    facts,
    port: options.port,
    control: true,
    webhooks: options.webhook,
    onDelivery: ({ type, attempt, status, error }) => {
      const repeated = attempt > 1 ? ` (attempt ${attempt})` : "";
      context.result(`  webhook ${type}  ${status ?? error}${repeated}`, { delivery: type, attempt, status, error });
    },
    onRequest: ({ method, path, status }, durationMs) =>
      context.result(`${method} ${path}  ${status ?? "no response"}  ${Math.round(durationMs)} ms`, {
        method,
        path,
        status,
        durationMs: Math.round(durationMs),
      }),
  }).catch((cause: NodeJS.ErrnoException) => {
    if (options.webhook !== undefined && cause.message.startsWith("webhooks: "))
      throw new CodegenError(`\`--webhook\` cannot be used with ${options.name}: ${cause.message}.`, [], { cause });
    if (cause.code !== "EADDRINUSE") throw cause;
    throw new CodegenError(`The port ${options.port} is in use.`, ["Pass another one: --port 4011."], { cause });
  });
  for (const todo of todos) context.stderr.write(`assumed, because the document does not say it: ${todo}\n`);
  const lines = [
    `${String(profile.name)} is served on ${server.url}`,
    `  baseUrl of a client: ${server.url}`,
    `  a fault: the header connectry-fault: 503, or {"kind":"reset","after":"request"}`,
    ...(options.webhook === undefined
      ? []
      : [
          `  events of changes: delivered to ${options.webhook.url}, and listed by GET /-/deliveries`,
          "  any other event: POST /-/events, with the body that the provider would send",
        ]),
    "  forget everything: POST /-/reset    what was received: GET /-/requests    end: Ctrl+C",
  ];
  context.result(lines.join("\n"), { name: String(profile.name), url: server.url });
  await context.interrupted();
  await server.close();
}
