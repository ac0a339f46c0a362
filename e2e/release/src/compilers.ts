import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { inject } from "vitest";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** A TypeScript that consumers may have. */
export interface Compiler {
  readonly name: string;
  readonly tsc: string;
  /** Whether it knows that Node can require() an ES module. */
  readonly knowsRequire: boolean;
}

/** The oldest that our declarations are for, and those of today. */
export const compilers: readonly Compiler[] = [
  { name: "TypeScript 5.6", tsc: require.resolve("typescript-5.6/bin/tsc"), knowsRequire: false },
  { name: "TypeScript 5.9", tsc: require.resolve("typescript-5.9/bin/tsc"), knowsRequire: true },
  { name: "TypeScript 7", tsc: join(inject("root"), "node_modules/typescript/bin/tsc"), knowsRequire: true },
];

/** What a compiler says of programs in a folder, libraries included: empty where they are right. */
export async function complaints({ tsc }: Compiler, folder: string, programs: readonly string[]): Promise<string> {
  const options = "--noEmit --strict --target es2022 --module nodenext".split(" ");
  const { stdout } = await run(process.execPath, [tsc, ...options, ...programs], { cwd: folder }).catch(
    (error) => error,
  );
  return stripVTControlCharacters(stdout).trim();
}
