import { join } from "node:path";
import { expect, test } from "vitest";
import { tempFolder } from "../../test/temp-folder.js";
import { loadProfile } from "./load-profile.js";

async function load(code: string): Promise<unknown> {
  return loadProfile(join(await tempFolder({ "profile.ts": code }), "profile.ts"));
}

test("a profile is read as data, without its types", async () => {
  const profile = await load(`import type { ProviderProfile } from "@connectry/core";
const env = "ACME_KEY";
export const profile = { id: "acme", auth: { kind: "bearer", env }, list: [1, "a", true, null] } as const satisfies ProviderProfile;
`);
  expect(profile).toEqual({ id: "acme", auth: { kind: "bearer", env: "ACME_KEY" }, list: [1, "a", true, null] });
});

test.each([
  [
    'import { key } from "./keys.js";\nexport const profile = { key };',
    /imports a value from "\.\/keys\.js"\. It can import types only/,
  ],
  ['export { profile } from "./other.js";', /imports a value from "\.\/other\.js"/],
  ["export const acme = {};", /does not export `profile`/],
  ["export default {};", /does not export `profile`/],
  ["export const profile = { id: 'acme', next: (page) => page.next };", /profile\.next is a function/],
  ["export const profile = { rules: [{ when: /x/ }] };", /profile\.rules\[0\]\.when is not a plain object/],
  ["export const profile = {\n  id: 'acme',\n  auth: {{\n};", /profile\.ts:3 is not valid TypeScript/],
  ["export const profile = { id: missing };", /throws when it runs: missing is not defined/],
])("the profile %j is rejected", async (code, message) => {
  await expect(load(code)).rejects.toThrow(message);
  await expect(load(code)).rejects.toMatchObject({ name: "CodegenError" });
});

test("a missing profile is named in the message", async () => {
  await expect(loadProfile("/nowhere/profile.ts")).rejects.toThrow(/The profile .*nowhere\/profile\.ts cannot be read/);
});
