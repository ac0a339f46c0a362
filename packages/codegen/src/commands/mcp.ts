import { fileURLToPath } from "node:url";
import { importFrom } from "../doctor/import-from.js";
import { CodegenError } from "../errors/codegen-error.js";
import type { CommandContext } from "./command-context.js";
import { readMockSource } from "./mock-source.js";

/** Options of `connectry mcp`. */
export interface McpOptions {
  /** A provider, or a document. */
  readonly name: string;
  readonly specs?: string | undefined;
  /** The operations that may be called; undefined for all that only read. */
  readonly allow: readonly string[] | undefined;
  readonly approve: "elicit" | "never" | undefined;
  readonly dryRun: boolean;
  readonly maxCalls: number | undefined;
  readonly conversation: string | undefined;
  readonly baseUrl: string | undefined;
  readonly environment: string | undefined;
}

/** What is called of `@connectry/mcp`. */
interface McpPackage {
  serveStdio(source: object, options: object): Promise<void>;
}

const packageName = "@connectry/mcp";

/** The package of the project, or the one that is installed beside this command. */
async function loadMcp(cwd: string): Promise<McpPackage> {
  for (const folder of [cwd, fileURLToPath(new URL(".", import.meta.url))]) {
    try {
      return (await importFrom(folder, packageName)) as unknown as McpPackage;
    } catch (error) {
      // What the package itself throws is another error.
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== "MODULE_NOT_FOUND" || !message.includes(`'${packageName}'`)) throw error;
    }
  }
  throw new CodegenError(`\`connectry mcp\` needs the package ${packageName}, which is not installed.`, [
    `Run: npm install ${packageName}`,
  ]);
}

/**
 * Serves a provider to agents over stdin and stdout, until the client leaves. Prints nothing but messages of the protocol to stdout.
 * @throws CodegenError if the package is not installed, the credential is missing, or a pattern of `allow` matches nothing.
 */
export async function mcp(options: McpOptions, context: CommandContext): Promise<void> {
  const { name, allow, approve = "elicit", dryRun, maxCalls, conversation, baseUrl, environment } = options;
  const { serveStdio } = await loadMcp(context.cwd);
  const { documents, profile, facts, todos } = await readMockSource(name, options, context);
  for (const todo of todos) context.stderr.write(`assumed, because the document does not say it: ${todo}\n`);
  const source = { profile, facts, baseUrl, environment };
  try {
    await serveStdio(source, {
      document: documents.map(({ json }) => json),
      allow,
      approve: approve === "never" ? false : approve,
      dryRun,
      budget: { calls: maxCalls },
      conversation,
    });
  } catch (error) {
    if ((error as Error).name !== "ConfigurationError") throw error;
    throw new CodegenError((error as Error).message, [], { cause: error });
  }
}
