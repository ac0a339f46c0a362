import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The result for one document. */
export interface Trial {
  readonly document: string;
  readonly operations: number;
  /** Facts that are missing in the document, so that they are marked lines. */
  readonly open: readonly string[];
  readonly lists: number;
  readonly checks: number;
  /** The step that failed, and why; undefined where all steps passed. */
  readonly failure: { readonly step: "add" | "compile" | "contract"; readonly reason: string } | undefined;
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const stepMs = 240_000;

/**
 * Generates a connector from a document in a project of its own, compiles it, and runs its contract test; with `onlyAdd`, the first
 * of these only.
 */
export async function tryDocument(file: string, folder: string, onlyAdd: boolean): Promise<Trial> {
  const document = nameOf(file);
  const trial = { document, operations: 0, open: [] as string[], lists: 0, checks: 0 };
  const added = await addDocument(file, folder);
  if (added.code !== 0) return { ...trial, failure: { step: "add", reason: firstLines(added.stderr) } };
  trial.operations = Number(/^acme: (\d+) operation/m.exec(added.stdout)?.[1] ?? 0);
  trial.open = [...added.stdout.matchAll(/^ {2}(\w+): /gm)].map((match) => match[1] ?? "");
  trial.lists = await countLists(join(folder, "src/acme/generated/paths.ts"));
  if (onlyAdd) return { ...trial, failure: undefined };
  await writeSnippets(folder);

  const compiled = await run([join(root, "node_modules/typescript/bin/tsc"), "-p", "."], folder);
  if (compiled.code !== 0) return { ...trial, failure: { step: "compile", reason: firstLines(compiled.stdout) } };
  const tested = await run(["--test", "--test-reporter=tap", "dist/acme/contract.test.js"], folder);
  trial.checks = Number(/^# pass (\d+)/m.exec(tested.stdout)?.[1] ?? 0);
  if (tested.code === 0 && trial.checks > 0) return { ...trial, failure: undefined };
  await writeFile(join(folder, "contract.tap"), tested.stdout + tested.stderr);
  return { ...trial, failure: { step: "contract", reason: failedChecks(tested.stdout) } };
}

/** Generates a connector from a document in a project of its own. */
export async function addDocument(
  file: string,
  folder: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const spec = await makeProject(folder, file);
  const connectry = join(root, "packages/codegen/bin/connectry.js");
  return run([connectry, "add", "acme", "--spec", spec, "--out", "src/acme"], folder);
}

/** Creates a project with a document, and returns the name of its file there. */
export async function makeProject(folder: string, file: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "node_modules/@connectry"), { recursive: true });
  await mkdir(join(folder, "node_modules/@types"), { recursive: true });
  for (const name of ["core", "testing", "codegen"])
    await symlink(join(root, "packages", name), join(folder, "node_modules/@connectry", name));
  await symlink(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  await copyFile(file, join(folder, `openapi${extname(file)}`));
  await writeFile(join(folder, "package.json"), '{ "name": "trial", "private": true, "type": "module" }\n');
  const compilerOptions = {
    outDir: "dist",
    rootDir: "src",
    target: "es2023",
    module: "nodenext",
    types: ["node"],
    strict: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    skipLibCheck: true,
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  return `openapi${extname(file)}`;
}

/** Writes the programs of the README next to the connector, so that they are compiled with it. */
async function writeSnippets(folder: string): Promise<void> {
  const readme = await readFile(join(folder, "src/acme/README.md"), "utf8");
  const snippets = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");
  for (const [index, code] of snippets.entries())
    await writeFile(join(folder, `src/snippet-${index}.ts`), code.replaceAll("./src/acme/", "./acme/"));
}

async function countLists(file: string): Promise<number> {
  const text = await readFile(file, "utf8");
  const pages = text.slice(text.indexOf("export interface AcmePages"));
  return [...pages.matchAll(/^ {4}item: /gm)].length;
}

function run(args: string[], cwd: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, CONNECTRY_CACHE: join(dirname(cwd), ".cache") };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd, env, timeout: stepMs, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const late = error?.killed === true ? `stopped after ${stepMs / 1_000} s\n` : "";
        resolve({ code: error === null ? 0 : 1, stdout: late + stdout, stderr: late + stderr });
      },
    );
  });
}

function firstLines(text: string): string {
  return text.trim().split("\n").slice(0, 3).join(" ").slice(0, 300);
}

/** The names of the checks that failed, each with the first line of why. */
function failedChecks(tap: string): string {
  const failed = [...tap.matchAll(/^\s*not ok \d+ - (.+)$[\s\S]*?error: (?:\|-\n)?\s*(.+)$/gm)];
  const reasons = failed.map(([, name = "", error = ""]) => `${name}: ${error.trim()}`);
  return (reasons.length > 0 ? reasons.join(" / ") : firstLines(tap)).slice(0, 600);
}

/** `amazonaws.com/s3` of a document of the package, `box` of a pinned one. */
export function nameOf(file: string): string {
  const directory = file.indexOf("/api/");
  return directory < 0 ? basename(file).replace(/-[0-9a-f]{12}\.\w+$/, "") : file.slice(directory + 5, -".json".length);
}

/** `amazonaws.com/s3` as a folder's name. */
export function folderName(file: string): string {
  return basename(file, ".json") + basename(dirname(file));
}
