import { readFile } from "node:fs/promises";
import { CodegenError } from "../errors/codegen-error.js";
import { isInstalled } from "../spec/is-installed.js";
import { showPath } from "../text/show-path.js";

const advice = "A profile is plain data: `export const profile = { ... } as const satisfies ProviderProfile`.";

/**
 * Reads a connector's profile.ts as data: its types are stripped, and the rest is run.
 * @throws CodegenError if it is in node_modules, it imports values, does not export `profile`, or the profile contains anything but plain
 * data.
 */
export async function loadProfile(file: string): Promise<unknown> {
  const name = showPath(file);
  if (isInstalled(file))
    throw new CodegenError(`${name} is in node_modules. The code of an installed package is not run.`);
  const code = await transpile(await readText(file, name), name);
  const exports: Record<string, unknown> = {};
  try {
    // As a function, because a test runner that loads CommonJS cannot import code.
    new Function("exports", code)(exports);
  } catch (cause) {
    throw new CodegenError(
      `${name} throws when it runs: ${cause instanceof Error ? cause.message : String(cause)}`,
      [advice],
      { cause },
    );
  }
  if (!Object.hasOwn(exports, "profile")) throw new CodegenError(`${name} does not export \`profile\`.`, [advice]);
  const problem = findNonData(exports.profile, "profile");
  if (problem !== undefined) throw new CodegenError(`${name}: ${problem}.`, [advice]);
  return exports.profile;
}

async function transpile(text: string, name: string): Promise<string> {
  const { default: ts } = await import("typescript");
  const { outputText, diagnostics } = ts.transpileModule(text, {
    fileName: name,
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const [problem] = diagnostics ?? [];
  if (problem !== undefined) {
    const line = problem.file?.getLineAndCharacterOfPosition(problem.start ?? 0).line ?? 0;
    throw new CodegenError(
      `${name}:${line + 1} is not valid TypeScript: ${ts.flattenDiagnosticMessageText(problem.messageText, " ")}`,
    );
  }
  const [imported] = ts.preProcessFile(outputText, true, true).importedFiles;
  if (imported !== undefined) {
    throw new CodegenError(
      `${name} imports a value from "${imported.fileName}". It can import types only (\`import type\`).`,
      [advice],
    );
  }
  return outputText;
}

async function readText(file: string, name: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new CodegenError(
      `The profile ${name} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      [],
      { cause },
    );
  }
}

/** Describes the first part of a value that is not plain data; undefined if all of it is. */
function findNonData(value: unknown, path: string): string | undefined {
  if (value === null || value === undefined || ["string", "number", "boolean"].includes(typeof value)) return undefined;
  if (typeof value !== "object") return `${path} is a ${typeof value}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null)
    return `${path} is not a plain object`;
  for (const [key, inner] of Object.entries(value)) {
    const found = findNonData(inner, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
