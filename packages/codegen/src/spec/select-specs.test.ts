import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { specYaml } from "../testing/sample-document.js";
import { tempFolder } from "../testing/temp-folder.js";
import { selectSpecs } from "./select-specs.js";

const spec = specYaml("acme.json");

async function project() {
  const folder = await tempFolder({
    "specs/stripe/spec.yaml": spec,
    "specs/github/spec.yaml": spec,
    "specs/notes.txt": "",
    "elsewhere/acme/spec.yaml": spec,
    "empty/.keep": "",
    "node_modules/@connectry/hubspot/spec/spec.yaml": spec,
    "node_modules/left-pad/package.json": "{}",
    "packages/deep/er/.keep": "",
  });
  return { folder, select: (names: string[], cwd = folder, specs?: string) => selectSpecs(names, { cwd, specs }) };
}

test("takes all providers of specs/ where none is named, looking upwards for the folder", async () => {
  const { folder, select } = await project();
  expect((await select([], join(folder, "packages/deep/er"))).map(({ provider }) => provider)).toEqual([
    "github",
    "stripe",
  ]);
});

test("takes a provider by name, by folder, and by an installed package", async () => {
  const { folder, select } = await project();
  const chosen = await select(["stripe", "./elsewhere/acme", "@connectry/hubspot"], folder);
  expect(chosen.map(({ provider }) => provider)).toEqual(["stripe", "acme", "hubspot"]);
});

test("finds a package from a folder below the one it is installed in", async () => {
  const { folder, select } = await project();
  expect((await select(["@connectry/hubspot"], join(folder, "packages/deep")))[0]?.provider).toBe("hubspot");
});

test("takes a provider named twice once", async () => {
  const { select } = await project();
  expect(await select(["stripe", "stripe"])).toHaveLength(1);
});

test.each([
  ["strype", /no provider "strype"\. Did you mean "stripe"\?/],
  ["salesforce", /no provider "salesforce"\. Known are: github, stripe\./],
  ["@connectry/slack", /The package @connectry\/slack is not installed/],
  ["left-pad", /The package left-pad publishes no pins/],
  ["./empty", /empty holds no spec\.yaml/],
])("tells what is wrong with %s", async (name, message) => {
  await expect((await project()).select([name])).rejects.toThrow(message);
});

test("says where it looked when there is no specs folder at all", async () => {
  const folder = await tempFolder();
  await expect(selectSpecs([], { cwd: folder })).rejects.toThrow(
    `There is no specs/<provider>/spec.yaml in ${folder} or above it.`,
  );
});

test("refuses a --specs folder without a provider", async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, "specs"));
  await expect(selectSpecs(["stripe"], { cwd: folder, specs: "specs" })).rejects.toThrow(/specs holds no provider/);
});
