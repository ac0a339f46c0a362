import { mkdir, writeFile } from "node:fs/promises";
import { type Subject, slug } from "../subjects/subject.ts";
import { homeOf } from "./tarballs.ts";

const compilerOptions = {
  target: "es2022",
  // A back end has no DOM.
  lib: ["es2023"],
  module: "nodenext",
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ["node"],
  typeRoots: ["../../../../node_modules/@types"],
};

/** Writes a program where its imports are found, as a TypeScript project of its own; returns that folder. */
export async function writeProgram(subject: Subject, text: string): Promise<string> {
  const folder = `${homeOf(subject)}/programs/${slug(subject)}`;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/program.ts`, `${text}export {};\n`);
  await writeFile(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  return folder;
}
