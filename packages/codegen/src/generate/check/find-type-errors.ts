import ts from "typescript";
import { CORE_FILES, GLOBALS } from "./core-types.js";
import { describeLocation } from "./describe-location.js";

/** How generated files are checked. */
export interface TypeCheckOptions {
  /** The compiler to check with. @default the TypeScript version that the generator itself uses */
  readonly compiler?: typeof ts;
  /** Merged over the strict options. */
  readonly compilerOptions?: ts.CompilerOptions;
}

const ROOT = "/generated";

/**
 * Type-checks generated files with strict compiler options. A document can contradict itself in ways that only a
 * compiler detects (Vercel's has a schema of type null that is also a list of itself). It takes longer than generating,
 * so `connectry generate` does not do it, and `connectry check` does.
 * @returns one sentence for each error, with its location in the document if that is known.
 */
export function findTypeErrors(files: ReadonlyMap<string, string>, options: TypeCheckOptions = {}): string[] {
  const compiler = options.compiler ?? ts;
  const texts = new Map([...files].map(([name, text]) => [`${ROOT}/${name}`, text]));
  texts.set(`${ROOT}/package.json`, '{ "type": "module" }');
  texts.set(`${ROOT}/globals.d.ts`, GLOBALS);
  for (const [name, text] of Object.entries(CORE_FILES))
    texts.set(`${ROOT}/node_modules/@connectry/core/${name}`, text);
  const compilerOptions = { ...strictOptions(compiler), ...options.compilerOptions };
  const roots = ["globals.d.ts", ...[...files.keys()].filter((name) => name.endsWith(".ts"))].map(
    (name) => `${ROOT}/${name}`,
  );
  const program = compiler.createProgram(roots, compilerOptions, hostOf(compiler, texts, compilerOptions));
  return compiler.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = compiler.flattenDiagnosticMessageText(diagnostic.messageText, " ");
    const { file, start } = diagnostic;
    if (file === undefined || start === undefined) return message;
    const { line } = file.getLineAndCharacterOfPosition(start);
    const location = describeLocation(compiler, file, start);
    return `${file.fileName.slice(ROOT.length + 1)}, line ${line + 1}${location === undefined ? "" : ` (${location})`}: ${message}`;
  });
}

function strictOptions(compiler: typeof ts): ts.CompilerOptions {
  return {
    noEmit: true,
    strict: true,
    // Skips the compiler's own libraries, whose check takes seconds. Generated files are not declaration files, so
    // they are checked nevertheless.
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
    lib: ["lib.es2022.d.ts"],
    types: [],
  };
}

// Files are checked in memory, so that the output folder is only written with valid output.
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
    getDefaultLibFileName: (libraryOptions) => compiler.getDefaultLibFilePath(libraryOptions),
    getDefaultLibLocation: () => libraries,
    getCurrentDirectory: () => ROOT,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    writeFile: () => {},
  };
}
