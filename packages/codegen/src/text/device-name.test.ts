import { expect, test } from "vitest";
import { tempFolder } from "../../test/temp-folder.js";
import { checkProviderId } from "../add/provider-name.js";
import { nameSchemaModules } from "../generate/write/schema-modules.js";
import { readSpec } from "../spec/read-spec.js";
import { isDeviceName } from "./device-name.js";

// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
const devices = ["con", "prn", "aux", "nul", "com1", "com9", "lpt1", "lpt9"];

test.each(devices)("%s, a device on Windows, is not the name of a document or a connector", async (name) => {
  const yaml = `documents:\n  - name: ${name}\n    source: a.json\n    sha256: ${"0".repeat(64)}\n`;
  const folder = await tempFolder({ "spec.yaml": yaml });
  await expect(readSpec(`${folder}/spec.yaml`)).rejects.toThrow(/Windows has a device of this name/);
  expect(() => checkProviderId(name)).toThrow(/a device on Windows/);
  const document = { name: name.toUpperCase(), origin: "a.json" } as Parameters<typeof nameSchemaModules>[0][number];
  expect(() => nameSchemaModules([document])).toThrow(/is a device on Windows/);
});

test("isDeviceName knows extensions, and no longer names", () => {
  for (const name of [...devices, "NUL.json", "Com\u00b9"]) expect([name, isDeviceName(name)]).toEqual([name, true]);
  for (const name of ["contacts", "null", "com", "com10", "aux-2"])
    expect([name, isDeviceName(name)]).toEqual([name, false]);
});
