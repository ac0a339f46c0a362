import ts from "typescript";
import { CORE_TYPES } from "./core-types.js";
import { describePlace } from "./describe-place.js";

/** How generated files are checked. */
export interface TypeCheckOptions {
  /** The compiler to check with. @default the one that the generator writes with */
  readonly compiler?: typeof ts;
  /** Laid over the strict options that a program may have. */
  readonly compilerOptions?: ts.CompilerOptions;
}

const ROOT = "/generated";
const CORE = `${ROOT}/node_modules/@connectry/core/index.d.ts`;

/**
 * Checks generated files as the strictest program would. A document can contradict itself in
 * ways that only a compiler sees (Vercel's has a schema of type null that is also a list of itself). It takes longer
 * than generating does, so it belongs to `connectry check`.
 * @returns one sentence for each error, with the place in the document where that is known.
 */
export function findTypeErrors(files: ReadonlyMap<string, string>, options: TypeCheckOptions = {}): string[] {
  const compiler = options.compiler ?? ts;
  const texts = new Map([...files].map(([name, text]) => [`${ROOT}/${name}`, text]));
  texts.set(CORE, CORE_TYPES);
  texts.set(`${ROOT}/package.json`, '{ "type": "module" }');
  texts.set(`${ROOT}/node_modules/@connectry/core/package.json`, '{ "type": "module", "types": "./index.d.ts" }');
  const compilerOptions = { ...strictOptions(compiler), ...options.compilerOptions };
  const roots = [...files.keys()].filter((name) => name.endsWith(".ts")).map((name) => `${ROOT}/${name}`);
  const program = compiler.createProgram(roots, compilerOptions, hostOf(compiler, texts, compilerOptions));
  return compiler.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = compiler.flattenDiagnosticMessageText(diagnostic.messageText, " ");
    const { file, start } = diagnostic;
    if (file === undefined || start === undefined) return message;
    const { line } = file.getLineAndCharacterOfPosition(start);
    const place = describePlace(compiler, file, start);
    return `${file.fileName.slice(ROOT.length + 1)}, line ${line + 1}${place === undefined ? "" : ` (${place})`}: ${message}`;
  });
}

function strictOptions(compiler: typeof ts): ts.CompilerOptions {
  return {
    noEmit: true,
    strict: true,
    // Skips the compiler's own libraries, whose check takes seconds. Generated files are no declaration files, so
    // they are checked all the same, as they are in a program that skips nothing.
    skipLibCheck: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    target: compiler.ScriptTarget.ES2022,
    module: compiler.ModuleKind.NodeNext,
    moduleResolution: compiler.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
  };
}

// Files are checked in memory: an output folder is only touched by output that is good.
function hostOf(compiler: typeof ts, texts: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const libraries = compiler.getDefaultLibFilePath(options).replace(/[^/\\]+$/, "");
  const read = (name: string) =>
    texts.get(name) ?? (name.startsWith(libraries) ? compiler.sys.readFile(name) : undefined);
  return {
    fileExists: (name) => texts.has(name) || (name.startsWith(libraries) && compiler.sys.fileExists(name)),
    readFile: read,
    getSourceFile: (name, languageVersion) => {
      const text = read(name);
      return text === undefined ? undefined : compiler.createSourceFile(name, text, languageVersion);
    },
    getDefaultLibFileName: (given) => compiler.getDefaultLibFilePath(given),
    getDefaultLibLocation: () => libraries,
    getCurrentDirectory: () => ROOT,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => {},
  };
}
