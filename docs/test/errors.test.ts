import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");

test("the page of errors says of every error class of core what to do", async () => {
  const [page, surface] = await Promise.all([read("docs/pages/errors.md"), read("packages/core/api-surface.txt")]);
  const classes = [...new Set([...surface.matchAll(/\bclass (\w+Error)\b/g)].map(([, name]) => name))];
  expect(classes.length).toBeGreaterThan(25);
  expect(classes.filter((name) => !page.includes(`\`${name}\``) && !page.includes(`\`${name}\`s`))).toEqual([]);
});
