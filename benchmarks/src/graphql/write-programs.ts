import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeProgram } from "../installed/programs.ts";
import { run } from "../installed/run.ts";
import { type Subject, twoCalls } from "../subjects/subject.ts";
import { documents, ours, tada } from "./graphql-clients.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Writes the program of a client with what its generator makes of GitHub's schema; returns the folder. */
export async function writeGraphqlProgram(subject: Subject): Promise<string> {
  const folder = await writeProgram(subject, twoCalls(subject));
  if (subject === ours) {
    await mkdir(`${folder}/documents`, { recursive: true });
    for (const [name, text] of Object.entries(documents)) await writeFile(`${folder}/documents/${name}`, text);
    const connectry = join(root, "packages/codegen/bin/connectry.js");
    const args = ["graphql", join(root, "specs/github"), "documents/*.graphql", "--out", "gql.ts"];
    await run(process.execPath, [connectry, ...args], folder);
  }
  if (subject === tada) {
    const schema = join(root, "benchmarks/node_modules/@octokit/graphql-schema/schema.graphql");
    const out = `${folder}/graphql-env.d.ts`;
    const cli = join(root, "benchmarks/node_modules/gql.tada/bin/cli.js");
    const plugins = [{ name: "gql.tada/ts-plugin", schema, tadaOutputLocation: out }];
    await mkdir(`${folder}/tada`, { recursive: true });
    await writeFile(`${folder}/tada/tsconfig.json`, JSON.stringify({ compilerOptions: { plugins }, files: [] }));
    await run(process.execPath, [cli, "generate-output", "--tsconfig", `${folder}/tada/tsconfig.json`], folder);
  }
  return folder;
}
