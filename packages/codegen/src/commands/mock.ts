import { CodegenError } from "../errors/codegen-error.js";
import type { CommandContext } from "./command-context.js";
import { readMockSource } from "./mock-source.js";

/** Options of `connectry mock`. */
export interface MockOptions {
  /** A provider, or a document. */
  readonly name: string;
  readonly specs?: string | undefined;
  readonly port: number;
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
    onRequest: ({ method, path, status }, durationMs) =>
      context.print(`${method} ${path}  ${status ?? "no response"}  ${Math.round(durationMs)} ms`),
  }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EADDRINUSE") throw cause;
    throw new CodegenError(`The port ${options.port} is in use.`, ["Pass another one: --port 4011."], { cause });
  });
  for (const todo of todos) context.stderr.write(`assumed, because the document does not say it: ${todo}\n`);
  context.print(`${String(profile.name)} is served on ${server.url}`);
  context.print(`  baseUrl of a client: ${server.url}`);
  context.print(`  a fault: the header connectry-fault: 503, or {"kind":"reset","after":"request"}`);
  context.print("  forget everything: POST /-/reset    what was received: GET /-/requests    end: Ctrl+C");
  await context.interrupted();
  await server.close();
}
