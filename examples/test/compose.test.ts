import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DCLinter } from "dclint";
import { expect, test } from "vitest";

const example = fileURLToPath(new URL("../frameworks/docker/compose.yaml", import.meta.url));
const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });

/** The errors that dclint finds by the schema of the Compose specification and by its rules; its warnings are of style. */
function errorsOf(file: string) {
  const results = linter.lintFiles([file], false);
  return results.flatMap(({ messages }) => messages.filter(({ type }) => type === "error"));
}

test("the Compose file of the Docker example is valid by the Compose specification", () => {
  expect(errorsOf(example)).toEqual([]);
});

test.each([
  ["healthcheck:", "healthchek:"],
  ["service_healthy", "service_helthy"],
  ["retries: 30", "retries: [thirty]"],
  ["target: mock", "target: [mock]"],
])("a Compose file that has %s as %s is not", async (right, wrong) => {
  const file = join(await mkdtemp(join(tmpdir(), "compose-")), "compose.yaml");
  const text = await readFile(example, "utf8");
  expect(text).toContain(right);
  await writeFile(file, text.replace(right, wrong));
  expect(errorsOf(file).map(({ rule }) => rule)).toContain("invalid-schema");
});
