import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, inject, test } from "vitest";
import { publicPackages } from "../../../scripts/public-packages.ts";
import { npm } from "./consumer.ts";
import { commitAll, describeWorkingTree } from "./copy-repository.ts";
import { readPacked } from "./packed-package.ts";
import { versionsHeld } from "./registry.ts";
import { announce, build, publish, runIn, versionPackages } from "./workspace.ts";

const run = promisify(execFile);
const workspace = inject("workspace");
const timeout = 120_000;

const versions = () => Object.fromEntries(publicPackages(workspace).map(({ name, version }) => [name, version]));

/** The versions of every package in the registry. */
async function held(): Promise<Record<string, string[]>> {
  const found = Object.keys(versions()).map(
    async (name) => [name, await versionsHeld(inject("registry"), name)] as const,
  );
  return Object.fromEntries(await Promise.all(found));
}

/** Versions, builds and publishes by the changesets; returns the folder of the packed packages. */
async function release(): Promise<string> {
  await versionPackages(workspace);
  await build(workspace);
  const packed = await mkdtemp(join(workspace, "../packed-"));
  await publish(workspace, packed);
  return packed;
}

afterEach(() => commitAll(workspace, "Release again"));

describe("a patch to core", () => {
  test(
    "releases core and nothing else, and reaches users of a connector",
    async () => {
      const [versionsBefore, heldBefore] = [versions(), await held()];
      await announce(workspace, { name: "@connectry/core", bump: "patch", text: "Waits are shorter." });
      await release();

      const [major, minor, patch] = versionsBefore["@connectry/core"]?.split(".").map(Number) ?? [];
      const next = `${major}.${minor}.${(patch ?? 0) + 1}`;
      expect(versions()).toEqual({ ...versionsBefore, "@connectry/core": next });
      expect(await held()).toEqual({
        ...heldBefore,
        "@connectry/core": [...(heldBefore["@connectry/core"] ?? []), next],
      });
      const { stdout } = await run("git", ["status", "--porcelain", "--untracked-files=all"], { cwd: workspace });
      const touched = stdout
        .split("\n")
        .map((line) => line.slice(3))
        .filter((file) => file.endsWith("package.json"));
      expect(touched).toEqual(["packages/core/package.json"]);

      await npm(inject("consumer"), ["update"]);
      const installed = async (name: string) =>
        JSON.parse(await readFile(join(inject("consumer"), "node_modules", name, "package.json"), "utf8")).version;
      expect(await installed("@connectry/core")).toBe(next);
      expect(await installed("@connectry/stripe")).toBe(versionsBefore["@connectry/stripe"]);
    },
    timeout,
  );
});

describe("a change to one spec", () => {
  test(
    "generates, builds and releases that connector and nothing else",
    async () => {
      const [versionsBefore, heldBefore] = [versions(), await held()];
      const overlay = join(workspace, "specs/slack/overlay.yaml");
      await writeFile(
        overlay,
        `${await readFile(overlay, "utf8")}  - target: $.info\n    update:\n      x-changed: true\n`,
      );

      const dry = JSON.parse(
        await runIn(workspace, { command: "turbo", args: ["run", "generate", "build", "--dry=json"] }),
      );
      const missed = (dry.tasks as { taskId: string; cache: { status: string } }[])
        .filter(({ cache }) => cache.status === "MISS")
        .map(({ taskId }) => taskId)
        // The examples and the site, which are not published, show all connectors; `create-connectry` reads their specs for its list.
        .filter((task) => !/^(@connectry\/(examples|docs)|create-connectry)#build$/.test(task));
      expect(missed.sort()).toEqual(["@connectry/slack#build", "@connectry/slack#generate"]);

      await announce(workspace, { name: "@connectry/slack", bump: "patch", text: "Follows Slack's document." });
      const packed = await readPacked(await release());

      const changed = Object.entries(versions()).filter(([name, version]) => version !== versionsBefore[name]);
      expect(changed.map(([name]) => name)).toEqual(["@connectry/slack"]);
      const heldNow = await held();
      expect({ ...heldNow, "@connectry/slack": [] }).toEqual({ ...heldBefore, "@connectry/slack": [] });
      expect(heldNow["@connectry/slack"]).toHaveLength((heldBefore["@connectry/slack"]?.length ?? 0) + 1);
      expect(packed.map(({ name }) => name)).toEqual(["@connectry/slack"]);
      expect(packed[0]?.read("spec/overlay.yaml")).toContain("x-changed");
    },
    timeout,
  );
});

test("a test release does not change the working tree", async () => {
  expect(await describeWorkingTree(inject("root"))).toBe(inject("workingTree"));
});
