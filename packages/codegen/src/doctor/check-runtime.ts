import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { findPackage } from "../spec/select-specs.js";
import { isNewer } from "../update/compare-versions.js";
import type { Finding } from "./finding.js";

interface Manifest {
  readonly version?: string;
  readonly engines?: { readonly node?: string };
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}

/** Checks Node's version against what @connectry/core requires, as it is installed in the project. */
export async function checkNode(cwd: string, version: string = process.versions.node): Promise<Finding> {
  const core = findPackage("@connectry/core", cwd);
  const { engines } = core === undefined ? {} : await readManifest(core);
  const required = /^>=(\d+(?:\.\d+)*)$/.exec(engines?.node ?? "")?.[1] ?? "20.19";
  const isOld = isNewer(required, version);
  return {
    check: "node",
    level: isOld ? "error" : "ok",
    message: `Node ${version}${isOld ? `, and ${required} is required` : ""}`,
    ...(isOld && { advice: `Install Node ${required} or newer.` }),
  };
}

/** Checks which versions a connector and its core have, and that the project itself imports the same copy of core. */
export async function checkPackages(name: string, folder: string, cwd: string): Promise<Finding> {
  // A package finds its dependencies from where it really is.
  const core = findPackage("@connectry/core", await realpath(folder));
  if (core === undefined) {
    const advice = "Install the packages of the project again.";
    return { check: "packages", level: "error", message: `${name} does not find @connectry/core`, advice };
  }
  const [{ version }, { version: coreVersion }] = await Promise.all([readManifest(folder), readManifest(core)]);
  const versions = `${name} ${version}, @connectry/core ${coreVersion}`;
  const own = findPackage("@connectry/core", cwd);
  if (own === undefined || (await realpath(own)) === (await realpath(core)))
    return { check: "packages", level: "ok", message: versions };
  const { version: other } = await readManifest(own);
  return {
    check: "packages",
    level: "warning",
    message: `${versions}, and the project has another copy of core, ${other}: limits and caches of one do not hold for the other`,
    advice: "Install the same version of all packages of @connectry, or run `npm dedupe`.",
  };
}
