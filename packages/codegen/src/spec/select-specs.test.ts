import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { specYaml } from "../../test/sample-document.js";
import { tempFolder } from "../../test/temp-folder.js";
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

test("selectSpecs returns all providers of the nearest specs folder where no name is given", async () => {
  const { folder, select } = await project();
  expect((await select([], join(folder, "packages/deep/er"))).map(({ provider }) => provider)).toEqual([
    "github",
    "stripe",
  ]);
});

test("selectSpecs finds a provider by name, by folder, and by installed package", async () => {
  const { folder, select } = await project();
  const chosen = await select(["stripe", "./elsewhere/acme", "@connectry/hubspot"], folder);
  expect(chosen.map(({ provider }) => provider)).toEqual(["stripe", "acme", "hubspot"]);
});

test("selectSpecs finds a package that is installed in a folder above", async () => {
  const { folder, select } = await project();
  expect((await select(["@connectry/hubspot"], join(folder, "packages/deep")))[0]?.provider).toBe("hubspot");
});

test("selectSpecs returns a provider that is named twice once", async () => {
  const { select } = await project();
  expect(await select(["stripe", "stripe"])).toHaveLength(1);
});

test.each([
  ["strype", /Unknown provider `strype`: did you mean `stripe`\?/],
  ["salesforce", /Unknown provider `salesforce`: use one of github, stripe\./],
  ["@connectry/slack", /The package @connectry\/slack is not installed/],
  ["left-pad", /The package left-pad publishes no pins/],
  ["./empty", /empty has no spec\.yaml/],
])("selectSpecs rejects %s with the reason", async (name, message) => {
  await expect((await project()).select([name])).rejects.toThrow(message);
});

test("selectSpecs names the folder that it searched where there is no specs folder", async () => {
  const folder = await tempFolder();
  await expect(selectSpecs([], { cwd: folder })).rejects.toThrow(
    `No specs/<provider>/spec.yaml found in ${folder} or above it.`,
  );
});

test("selectSpecs rejects a --specs folder without providers", async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, "specs"));
  await expect(selectSpecs(["stripe"], { cwd: folder, specs: "specs" })).rejects.toThrow(/specs has no providers/);
});
