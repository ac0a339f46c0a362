import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesBelow } from "../testing/acme-project.js";
import { tempFolder } from "../testing/temp-folder.js";
import { writeTogether } from "./write-together.js";

test("writes, replaces and removes, and leaves what says the same already", async () => {
  const folder = await tempFolder({ "same.txt": "same", "old.txt": "old", "gone.txt": "gone" });
  const { mtimeMs } = await stat(join(folder, "same.txt"));
  const changed = await writeTogether(
    new Map([
      [join(folder, "same.txt"), "same"],
      [join(folder, "old.txt"), "new"],
      [join(folder, "gone.txt"), undefined],
      [join(folder, "deep/er/fresh.txt"), "fresh"],
    ]),
  );
  expect(changed.map((file) => file.slice(folder.length + 1))).toEqual(["old.txt", "gone.txt", "deep/er/fresh.txt"]);
  expect(await filesBelow(folder)).toEqual({ "same.txt": "same", "old.txt": "new", "deep/er/fresh.txt": "fresh" });
  expect((await stat(join(folder, "same.txt"))).mtimeMs).toBe(mtimeMs);
});

test("where one file cannot be replaced, all are as they were, and no folder is left over", async () => {
  const folder = await tempFolder({ "one.txt": "one", "gone.txt": "gone" });
  // A folder stands where a file should go: only the last step finds out.
  await mkdir(join(folder, "blocked.txt/inside"), { recursive: true });
  const changes = new Map([
    [join(folder, "one.txt"), "changed"],
    [join(folder, "gone.txt"), undefined],
    [join(folder, "new/deep/two.txt"), "two"],
    [join(folder, "blocked.txt"), "three"],
  ]);
  await expect(writeTogether(changes)).rejects.toThrow(/blocked\.txt cannot be .*/);
  expect((await readdir(folder, { recursive: true })).sort()).toEqual([
    "blocked.txt",
    "blocked.txt/inside",
    "gone.txt",
    "one.txt",
  ]);
  expect(await readFile(join(folder, "one.txt"), "utf8")).toBe("one");
});
