import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { byHandSection } from "./by-hand.ts";

test("each connector has its draft once, a row for each fact by hand, and the actions of its overlay", async (t) => {
  const specs = await mkdtemp(join(tmpdir(), "connectry-specs-"));
  t.after(() => rm(specs, { recursive: true, force: true }));
  for (const id of ["openai", "resend", "discord", "figma", "notion", "google-analytics"]) {
    await mkdir(join(specs, id));
    await writeFile(join(specs, id, "overlay.yaml"), "actions:\n  - target: $.a\n    remove: true\n  - target: $.b\n");
  }
  const section = await byHandSection(pathToFileURL(`${specs}/`));
  const rows = section.split("\n").filter((line) => line.startsWith("| "));
  assert.equal(
    rows.filter(
      (row) => /^\| (openai|resend|discord|figma|notion|google-analytics) \|/.test(row) && row.endsWith("| 2 |"),
    ).length,
    6,
  );
  assert.ok(rows.length > 3 * 6);
});
