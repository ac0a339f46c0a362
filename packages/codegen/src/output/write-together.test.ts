import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesBelow } from "../../test/acme-project.js";
import { tempFolder } from "../../test/temp-folder.js";
import { writeTogether } from "./write-together.js";

test("files are written, replaced and removed, and an unchanged file is not touched", async () => {
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

test("if one file cannot be replaced, all files are restored, and no new folder remains", async () => {
  const folder = await tempFolder({ "one.txt": "one", "gone.txt": "gone" });
  // A folder has the path of one of the files: only the last step fails.
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
