import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = readFileSync(join(root, "SECURITY.md"), "utf8");

test("SECURITY.md names only tests that exist, and says how to report", () => {
  const named = [...text.matchAll(/`([^`\s]+\.test\.ts)`/g)].map((found) => found[1] as string);
  expect(named.length).toBeGreaterThan(30);
  const missing = named.filter((file) => ![file, join("packages", file)].some((path) => existsSync(join(root, path))));
  expect(missing).toEqual([]);
  expect(text).toMatch(/## Reporting\n\nReport a vulnerability privately/);
});

test("each promise of SECURITY.md about calls and documents names a test", () => {
  const promises = text.slice(text.indexOf("### Credentials"), text.indexOf("## Supply chain")).split(/^- /m).slice(1);
  expect(promises.length).toBeGreaterThan(12);
  expect(promises.filter((promise) => !/\.test\.ts`/.test(promise))).toEqual([]);
});
