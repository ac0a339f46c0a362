import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { inject } from "vitest";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** A version of TypeScript that consumers may use. */
export interface Compiler {
  readonly name: string;
  readonly tsc: string;
}

/** The oldest version that our declarations support, and current ones. */
export const compilers: readonly Compiler[] = [
  { name: "TypeScript 5.6", tsc: require.resolve("typescript-5.6/bin/tsc") },
  { name: "TypeScript 5.9", tsc: require.resolve("typescript/bin/tsc") },
  { name: "TypeScript 7", tsc: join(inject("root"), "node_modules/typescript/bin/tsc") },
];

/** The settings of a server's program without the types of browsers, as strict as they get. */
export const withoutDom = "--lib es2023 --types node --exactOptionalPropertyTypes --noUncheckedIndexedAccess".split(
  " ",
);

/** The errors of a compiler for programs in a folder, libraries included: an empty text where there are none. Options may precede them. */
export async function complaints({ tsc }: Compiler, folder: string, programs: readonly string[]): Promise<string> {
  const options = "--noEmit --strict --target es2022 --module nodenext --skipLibCheck false".split(" ");
  const { stdout } = await run(process.execPath, [tsc, ...options, ...programs], { cwd: folder }).catch(
    (error) => error,
  );
  return stripVTControlCharacters(stdout).trim();
}
