import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { makeProject } from "./trial.ts";

/** Programs that are timed with one document, in the order of the table. */
export const programs = ["connectry add", "connectry generate", "openapi-typescript", "hey-api"] as const;
export type Program = (typeof programs)[number];

/** The processor time of each program with one document, in milliseconds. */
export interface TimedDocument {
  readonly document: string;
  readonly operations: number;
  /** Undefined where the program failed. */
  readonly cpuMs: Readonly<Record<Program, number | undefined>>;
}

const root = fileURLToPath(new URL("../../../", import.meta.url));
const reportUsage = fileURLToPath(new URL("../measure/report-usage.mjs", import.meta.url));
const connectry = join(root, "packages/codegen/bin/connectry.js");
const requireHere = createRequire(import.meta.url);
// Its command starts this program as a process of its own.
const heyApi = join(dirname(requireHere.resolve("@hey-api/openapi-ts/package.json")), "dist/run.mjs");
const openapiTypescript = join(root, "packages/codegen/node_modules/openapi-typescript/bin/cli.js");
// A program of the peers may need more than Node's default for the largest documents, as ours may.
const maxMs = 600_000;

/**
 * Runs each program with a document in a project of its own, one after the other.
 * @throws Error if `connectry add` or `connectry generate` fails.
 */
export async function timeDocument(document: string, file: string, project: string): Promise<TimedDocument> {
  const spec = await makeProject(project, file);
  const added = await time([connectry, "add", "acme", "--spec", spec, "--out", "src/acme"], project);
  const operations = Number(/^acme: (\d+) operation/m.exec(added.stdout)?.[1]);
  await rm(join(project, "src/acme/generated"), { recursive: true });
  const generated = await time([connectry, "generate", "acme"], project);
  const bare = await timeOrFail([openapiTypescript, spec, "-o", "bare.ts"], project);
  const hey = await timeOrFail([heyApi, "-i", spec, "-o", "hey", "--no-log-file"], project);
  const cpuMs = {
    "connectry add": added.cpuMs,
    "connectry generate": generated.cpuMs,
    "openapi-typescript": bare,
    "hey-api": hey,
  };
  return { document, operations, cpuMs };
}

/** Runs a program to its end: what it prints, and the processor time of all its threads in milliseconds. */
async function time(args: readonly string[], cwd: string): Promise<{ cpuMs: number; stdout: string }> {
  const usage = join(cwd, "usage");
  // `connectry generate` would take the client that `connectry add` kept there.
  await rm(join(cwd, ".cache"), { recursive: true, force: true });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", pathToFileURL(reportUsage).href, ...args],
    {
      cwd,
      env: { ...process.env, CONNECTRY_CACHE: join(cwd, ".cache"), USAGE_FILE: usage },
      maxBuffer: 64 * 1024 * 1024,
      timeout: maxMs,
    },
  );
  return { cpuMs: Number(await readFile(usage, "utf8")), stdout };
}

async function timeOrFail(args: readonly string[], cwd: string): Promise<number | undefined> {
  return time(args, cwd).then(
    ({ cpuMs }) => cpuMs,
    () => undefined,
  );
}
