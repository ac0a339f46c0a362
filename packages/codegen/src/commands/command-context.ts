import * as module from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Ask } from "../add/ask-missing-fields.js";
import type { generate } from "../generate/generate.js";
import { createProgress } from "../source/create-progress.js";
import { cacheFolder } from "../source/document-cache.js";
import type { Progress, ProgressStream } from "../source/progress.js";
import { escapeControlCharacters, escapeJsonControlCharacters } from "../text/show-document-text.js";

/** What a run of the command depends on from outside. */
export interface ProcessContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Prints a line of the result. */
  print(line: string): void;
  /** The stream for progress and warnings. */
  readonly stderr: ProgressStream;
  /** The current time in milliseconds, for printed durations. */
  now(): number;
  /** The generator, which pulling does not need. It is imported for a client that is not kept from before. */
  loadGenerator(): Promise<typeof generate>;
  /** Asks the user a question; undefined without a terminal. */
  readonly ask?: Ask | undefined;
  /** Resolves when the user ends a command that runs until then. */
  interrupted(): Promise<void>;
}

/** What a command is given. What it prints is shown as text. */
export interface CommandContext extends Omit<ProcessContext, "stderr"> {
  /** The stream for warnings. */
  readonly stderr: Pick<ProgressStream, "write">;
  readonly progress: Progress;
  /** Prints a result: a line for people, or with `--json` one JSON object in a line. */
  result(line: string, data: Readonly<Record<string, unknown>>): void;
}

/**
 * The context of this process. From Node 22.8 on, Node keeps the compiled code of TypeScript on disk, which takes longer to compile than
 * many clients to generate.
 */
export function processContext(): ProcessContext {
  module.enableCompileCache?.();
  return {
    cwd: process.cwd(),
    env: process.env,
    print: (line) => process.stdout.write(`${line}\n`),
    stderr: process.stderr,
    now: () => performance.now(),
    loadGenerator: async () => {
      const { keepClients } = await import("../generate/kept-clients.js");
      const load = async () => (await import("../generate/generate.js")).generate;
      return keepClients({ folder: join(cacheFolder(process.env), "clients"), load });
    },
    ask: process.stdin.isTTY && process.stdout.isTTY ? askOnTerminal : undefined,
    interrupted: () => new Promise((resolve) => void process.once("SIGINT", resolve).once("SIGTERM", resolve)),
  };
}

/** The context of a command: control characters, which a document or a server may contain, are escaped. */
export async function createCommandContext(
  context: ProcessContext,
  { json = false }: { readonly json?: boolean } = {},
): Promise<CommandContext> {
  const { stderr, env, ask } = context;
  const print = (line: string) => context.print(escapeControlCharacters(line));
  return {
    ...context,
    print,
    result: (line, data) => print(json ? escapeJsonControlCharacters(JSON.stringify(data)) : line),
    stderr: { write: (text) => stderr.write(escapeControlCharacters(text)) },
    progress: await createProgress({ stream: stderr, env, now: () => context.now() }),
    ask: ask && ((question) => ask(escapeControlCharacters(question))),
  };
}

async function askOnTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

/** The options that most commands have. */
export interface ProviderOptions {
  /** The names of the providers; empty for all of specs/. */
  readonly providers: readonly string[];
  /** The specs folder. @default the nearest one in `cwd` or above */
  readonly specs?: string | undefined;
  /** Whether results are printed as JSON. */
  readonly json?: boolean;
}
