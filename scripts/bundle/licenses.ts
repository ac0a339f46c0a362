import { readdirSync, readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** The licenses of the packages that a file contains, as a comment that bundlers keep; empty where it contains none. */
export function licensesOf(modules: readonly string[]): string {
  const manifests = modules
    .filter((file) => file.includes("/node_modules/"))
    .map((file) => findPackageJSON(pathToFileURL(file)));
  const texts = [...new Set(manifests)].flatMap((manifest) => {
    if (manifest === undefined) return [];
    const { name, version } = JSON.parse(readFileSync(manifest, "utf8"));
    const folder = dirname(manifest);
    const file = readdirSync(folder).find((one) => /^licen[cs]e\b/i.test(one));
    if (file === undefined) throw new Error(`${name} has no license file: a build must not contain it`);
    return [`Contains ${name} ${version}:\n\n${readFileSync(join(folder, file), "utf8").trim()}`];
  });
  return texts.map((text) => `/*! ${text.replaceAll("*/", "* /")} */\n`).join("");
}
