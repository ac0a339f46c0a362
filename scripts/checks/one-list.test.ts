import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { readConnectors } from "../connectors.ts";
import { publicPackages } from "../public-packages.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

async function workspaceWith(files: Readonly<Record<string, unknown>>): Promise<string> {
  const workspace = await mkdtemp(join(tmpdir(), "connectry-list-"));
  onTestFinished(() => rm(workspace, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    await writeFile(join(workspace, name), JSON.stringify(content));
  }
  return workspace;
}

test("the list of connectors is the folders of packages/connectors, each with its connector.json", async () => {
  const listing = {
    category: "Payments",
    covers: "all of it",
    reference: "https://acme.test/docs",
    mostKilobytes: { tarball: 50, unpacked: 400 },
  };
  const workspace = await workspaceWith({
    "packages/connectors/two-words/package.json": { name: "@connectry/two-words" },
    "packages/connectors/two-words/connector.json": listing,
    "packages/connectors/acme/package.json": { name: "@connectry/acme" },
    "packages/connectors/acme/connector.json": { ...listing, moreBundleBytes: 10 },
  });
  const [acme, twoWords] = readConnectors(workspace);
  expect(acme).toMatchObject({ id: "acme", packageName: "@connectry/acme", create: "createAcme", moreBundleBytes: 10 });
  expect(twoWords).toMatchObject({
    id: "two-words",
    create: "createTwoWords",
    folder: "packages/connectors/two-words",
  });
});

test("a connector.json that is not complete is an error that says what it needs", async () => {
  const workspace = await workspaceWith({
    "packages/connectors/acme/package.json": {},
    "packages/connectors/acme/connector.json": { category: "TODO: a heading", covers: "all of it" },
  });
  expect(() => readConnectors(workspace)).toThrow(
    `Complete ${join(workspace, "packages/connectors/acme/connector.json")}: "category", "covers", "reference", and "mostKilobytes"`,
  );
});

test("every connector that is published is on the list", () => {
  const published = publicPackages(root).filter(({ folder }) => folder.startsWith("packages/connectors/"));
  expect(readConnectors(root).map(({ packageName }) => packageName)).toEqual(published.map(({ name }) => name));
});

// What checks, measures, packs or calls them: if it named all of them by hand, it would have to be changed for a new one. A few are
// examples elsewhere, and mistakes in paths of a few are in wrong-path.test.ts.
test("no script, check or release test names every connector", async () => {
  const files = execFileSync("git", ["ls-files", "scripts", "e2e/release", "*.json", "*.config.ts"], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter(
      (file) =>
        /^(scripts|e2e\/release)\/.*\.ts$|^[^/]+\.(json|ts)$/.test(file) && !file.endsWith("wrong-path.test.ts"),
    );
  expect(files.length).toBeGreaterThan(80);
  const ids = readConnectors(root).map(({ id }) => new RegExp(`\\b${id}\\b`, "i"));
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), "utf8")));
  expect(files.filter((_, index) => ids.every((id) => id.test(texts[index] ?? "")))).toEqual([]);
});
