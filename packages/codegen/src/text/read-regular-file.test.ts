import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../test/temp-folder.js";
import { readOverlay } from "../overlay/read-overlay.js";
import { readFromFile } from "../source/file-source.js";
import { readSpec } from "../spec/read-spec.js";
import { readRegularFile } from "./read-regular-file.js";

const readers = { readFromFile, readOverlay, readSpec };

test.each(Object.entries(readers))("%s rejects a pipe and a device, which never end", async (_, read) => {
  const pipe = join(await tempFolder(), "pipe");
  execFileSync("mkfifo", [pipe]);
  for (const file of [pipe, "/dev/zero", "/dev/tty"])
    await expect(read(file)).rejects.toMatchObject({
      name: "CodegenError",
      message: expect.stringMatching(/not a file|cannot be read/),
    });
});

test("readRegularFile reads a file of the maximum size, and rejects a larger one", async () => {
  const folder = await tempFolder({ "a.json": "12345" });
  expect(String(await readRegularFile(join(folder, "a.json"), 5))).toBe("12345");
  await expect(readRegularFile(join(folder, "a.json"), 4)).rejects.toThrow(/is larger than/);
});

test.runIf(process.platform === "linux")(
  "readRegularFile rejects a file that claims to be empty and is too large",
  async () => {
    await expect(readRegularFile("/proc/self/maps", 100)).rejects.toThrow(/is larger than/);
  },
);

test("readRegularFile says why a file cannot be read", async () => {
  const folder = await tempFolder();
  await expect(readRegularFile(join(folder, "none"), 10)).rejects.toThrow(/^does not exist$/);
  await expect(readRegularFile(folder, 10)).rejects.toThrow(/^is a folder, not a file$/);
});
