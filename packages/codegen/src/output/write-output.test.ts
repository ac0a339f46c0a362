import { chmod, mkdir, readdir, readFile, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../test/temp-folder.js";
import { GENERATED } from "../generate/write/header.js";
import { generatedMark } from "./generated-mark.js";
import { writeOutput } from "./write-output.js";

const file = (text: string) => `${generatedMark}\n${text}`;
const files = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([path, text]) => [path, file(text)]));

async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(
      found.map(async (path) => [path.slice(folder.length + 1), await readFile(path, "utf8")] as const),
    ),
  );
}

test("the folder contains exactly the given files afterwards", async () => {
  const folder = join(await tempFolder(), "src", "generated");
  expect(await writeOutput(folder, files({ "paths.ts": "1", "schemas/a.ts": "2" }))).toEqual({
    written: 2,
    removed: 0,
  });
  expect(await writeOutput(folder, files({ "paths.ts": "3", "schemas/b.ts": "4" }))).toEqual({
    written: 2,
    removed: 1,
  });
  expect(await contents(folder)).toEqual({ "paths.ts": file("3"), "schemas/b.ts": file("4") });
  expect(await readdir(dirname(folder))).toEqual(["generated"]);
});

test("an unchanged file is not written again", async () => {
  const folder = join(await tempFolder(), "generated");
  await writeOutput(folder, files({ "same.ts": "1", "other.ts": "1" }));
  const longAgo = new Date("2020-01-01");
  await utimes(join(folder, "same.ts"), longAgo, longAgo);
  expect(await writeOutput(folder, files({ "same.ts": "1", "other.ts": "2" }))).toEqual({ written: 1, removed: 0 });
  expect((await stat(join(folder, "same.ts"))).mtime).toEqual(longAgo);
});

test("nothing is written if nothing changed", async () => {
  const folder = join(await tempFolder(), "generated");
  await writeOutput(folder, files({ "a.ts": "1" }));
  const { ino } = await stat(folder);
  expect(await writeOutput(folder, files({ "a.ts": "1" }))).toEqual({ written: 0, removed: 0 });
  expect((await stat(folder)).ino).toBe(ino);
});

test("a folder with a file of the user's is rejected, and does not change", async () => {
  const folder = await tempFolder({ "src/index.ts": "export const mine = 1;\n", "src/old.ts": file("old") });
  await expect(writeOutput(join(folder, "src"), files({ "paths.ts": "1" }))).rejects.toThrow(
    /contains index\.ts, which connectry did not write/,
  );
  expect(await contents(join(folder, "src"))).toEqual({
    "index.ts": "export const mine = 1;\n",
    "old.ts": file("old"),
  });
});

test("a failure half-way leaves the last good output, and no temporary folder", async () => {
  const folder = join(await tempFolder(), "generated");
  await writeOutput(folder, files({ "a.ts": "good" }));
  // "a.ts" cannot be both a file and a folder: the second file fails after the first was written.
  await expect(writeOutput(folder, files({ "a.ts": "new", "a.ts/b.ts": "new" }))).rejects.toThrow(/cannot be written/);
  expect(await contents(folder)).toEqual({ "a.ts": file("good") });
  expect(await readdir(dirname(folder))).toEqual(["generated"]);
});

test("a file with a path outside of the folder is never written", async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, "generated"));
  await expect(writeOutput(join(folder, "generated"), files({ "../evil.ts": "1" }))).rejects.toThrow(
    /a path outside of its folder/,
  );
  await chmod(folder, 0o700);
  expect(await readdir(folder)).toEqual(["generated"]);
});

test("every file of the generator starts with the mark, and a file without it is rejected", async () => {
  expect(GENERATED.startsWith(generatedMark)).toBe(true);
  await expect(writeOutput(join(await tempFolder(), "generated"), new Map([["a.ts", "export {};\n"]]))).rejects.toThrow(
    /does not start with its mark/,
  );
});
