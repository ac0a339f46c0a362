import type { LanguageService } from "typescript";

/** One program in a folder, whose other files are those of the disk. */
export interface Program {
  readonly folder: string;
  readonly file: string;
  readonly text: string;
}

/** What an editor asks about a program, by the language service of a compiler. */
export function createService(ts: typeof import("typescript"), { folder, file, text }: Program): LanguageService {
  return ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot(name) {
      const contents = name === file ? text : ts.sys.readFile(name);
      return contents === undefined ? undefined : ts.ScriptSnapshot.fromString(contents);
    },
    getCurrentDirectory: () => folder,
    getCompilationSettings: () => ({ module: ts.ModuleKind.NodeNext, strict: true, skipLibCheck: true, types: [] }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
  });
}
