// Releases a copy of this repository to a registry on this machine, and installs from it as a consumer. The tests check the
// result.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { publicPackages } from "../../../scripts/public-packages.ts";
import { createConsumer } from "./consumer.ts";
import { commitAll, copyRepository, describeWorkingTree } from "./copy-repository.ts";
import { startRegistry } from "./registry.ts";
import { build, install, publish, versionPackages } from "./workspace.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** This repository, and its uncommitted changes before the release. */
    root: string;
    workingTree: string;
    /** The released copy, its packed packages, and the registry that it was released to. */
    workspace: string;
    packed: string;
    registry: string;
    /** A folder in which `@connectry/stripe` is installed, and nothing else. */
    consumer: string;
  }
}

const root = fileURLToPath(new URL("../../..", import.meta.url));

async function step<T>(title: string, work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work;
  console.log(`  ${title} (${((performance.now() - startedAt) / 1_000).toFixed(1)} s)`);
  return result;
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "connectry-release-"));
  const [workspace, packed] = [join(folder, "workspace"), join(folder, "packed")];
  const workingTree = await describeWorkingTree(root);
  const registry = await startRegistry(folder);
  const teardown = async () => {
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await step("copy the repository", copyRepository(root, workspace));
    await step("install by the frozen lockfile", install(workspace));
    await step("version by the changesets", versionPackages(workspace));
    await step("generate and build", build(workspace));
    const settings = `registry=${registry.url}\n${registry.url.replace("http:", "")}:_authToken=release\n`;
    await writeFile(join(workspace, ".npmrc"), settings);
    await step("pack and publish", publish(workspace, packed));
    await commitAll(workspace, "Release");
    const installing = createConsumer(join(folder, "consumer"), registry.url, ["@connectry/stripe"]);
    const consumer = await step("install as a consumer", installing);
    console.log(
      `  released ${publicPackages(workspace)
        .map(({ name, version }) => `${name}@${version}`)
        .join(", ")}`,
    );

    project.provide("root", root);
    project.provide("workingTree", workingTree);
    project.provide("workspace", workspace);
    project.provide("packed", packed);
    project.provide("registry", registry.url);
    project.provide("consumer", consumer);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}
