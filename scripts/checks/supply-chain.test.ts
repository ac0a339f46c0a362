import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { git } from "../changeset-check/find-base.ts";
import { publicPackages } from "../public-packages.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { parse } = createRequire(join(root, "packages/codegen/package.json"))("yaml");
const read = (file: string) => readFileSync(join(root, file), "utf8");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = globSync(".github/workflows/*.{yml,yaml}", { cwd: root }).sort();
const workflows = files.map((file) => ({ file, text: read(file), workflow: parse(read(file)) as Workflow }));
const mayPublish = [".github/workflows/release.yml", "publish"];

test("R49: there is a workflow for CI and one for releases", () => {
  expect(files).toEqual(expect.arrayContaining([".github/workflows/ci.yml", ".github/workflows/release.yml"]));
});

describe.each(workflows)("R49: $file", ({ file, text, workflow }) => {
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);

  test("pins every action by its commit, with its version in a comment", () => {
    const uses = text.split("\n").filter((line) => /\buses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test("gives each job only the permissions that it names", () => {
    expect(workflow.permissions).toEqual({});
    expect(jobs.filter(([, { permissions }]) => permissions === undefined).map(([name]) => name)).toEqual([]);
    const proving = jobs.filter(([, { permissions }]) => permissions?.["id-token"] !== undefined);
    expect(proving.map(([name]) => [file, name])).toEqual(file === mayPublish[0] ? [mayPublish] : []);
  });

  test("uses no secret, leaves no credential in the checkout, and runs no code of a fork with permissions", () => {
    expect(text).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN|_authToken/);
    expect(
      [...text.matchAll(/\bsecrets\.(\w+)/g)].map(([, name]) => name).filter((name) => name !== "GITHUB_TOKEN"),
    ).toEqual([]);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
  });

  test("puts no text of an event into a command, and installs by the frozen lockfile", () => {
    const commands = steps.flatMap(({ run }) => run ?? []);
    expect(commands.filter((command) => command.includes("${{"))).toEqual([]);
    const installs = commands.filter((command) => /\bpnpm(@\S+)? (install|i)\b/.test(command));
    expect(installs.filter((command) => !command.includes("--frozen-lockfile"))).toEqual([]);
    expect(
      commands.filter((command) => /\bpnpm (add|update|dlx)\b|\bnpx (?!-y pnpm@\d+\.\d+\.\d+ )/.test(command)),
    ).toEqual([]);
  });
});

test("R49: CI and every workflow run exactly the pnpm that package.json names", () => {
  const { packageManager } = JSON.parse(read("package.json"));
  const scripts = globSync("scripts/*.ts", { cwd: root });
  const mentions = [...files, ".ci/run", ...scripts].flatMap((file) =>
    [...read(file).matchAll(/\bpnpm@[\w.^~*-]+/g)].map(([version]) => [file, version]),
  );
  expect(mentions.length).toBeGreaterThan(0);
  expect(mentions.filter(([, version]) => version !== packageManager)).toEqual([]);
});

test("R49: Dependabot looks for newer actions, and for newer packages in every folder with a lockfile", () => {
  const { updates } = parse(read(".github/dependabot.yml"));
  const [npm] = updates.filter((update: Record<string, string>) => update["package-ecosystem"] === "npm");
  const tracked = git(root, "ls-files", "-z", "--", "*pnpm-lock.yaml").split("\0").filter(Boolean);
  const folders = tracked.map((file) => `/${file}`.replace(/\/pnpm-lock\.yaml$/, "") || "/");
  expect([...npm.directories].sort()).toEqual(folders.sort());
  expect(updates.map((update: Record<string, string>) => update["package-ecosystem"])).toContain("github-actions");
});

test("R49: the step of the weekly workflow that has a token reads nothing that the untrusted job wrote", () => {
  const { workflow } = workflows.find(({ file }) => file === ".github/workflows/update-specs.yml")!;
  const { propose, update } = workflow.jobs;
  expect(update!.permissions).toEqual({ contents: "read" });
  const withToken = propose!.steps.filter(({ env }) => env?.GH_TOKEN !== undefined);
  expect(withToken).toHaveLength(1);
  expect(withToken[0]!.run).not.toMatch(/\.patch|\bcat\b|\bfor\b|git (apply|show|diff)/);
  const staging = propose!.steps.filter(({ run }) => run?.includes(".patch"));
  expect(staging.map(({ run, env }) => [run?.split(" ").slice(0, 2).join(" "), env])).toEqual([
    ["node scripts/stage-update.ts", undefined],
  ]);
});

test("R49: only one job publishes packages, without install scripts and with provenance", () => {
  const { workflow } = workflows.find(({ file }) => file === mayPublish[0])!;
  const publishing = workflow.jobs.publish!;
  expect(publishing.permissions).toEqual({ contents: "write", "id-token": "write" });
  const installs = publishing.steps.flatMap(({ run }) => run ?? []).filter((run) => run.startsWith("pnpm install"));
  expect(installs).toEqual(["pnpm install --frozen-lockfile --ignore-scripts"]);
  const [publish, ...others] = publishing.steps.filter(({ uses }) => uses?.startsWith("changesets/action/publish@"));
  expect(others).toEqual([]);
  expect(publish?.env).toEqual({ PNPM_CONFIG_PROVENANCE: "true" });
  const all = workflows.flatMap(({ workflow: { jobs } }) => Object.values(jobs).flatMap(({ steps }) => steps));
  expect(all.filter(({ uses = "" }) => /^changesets\/action(\/publish)?@/.test(uses))).toEqual([publish]);
  expect(all.filter(({ run = "" }) => /publish/.test(run))).toEqual([]);
});

test("R49: no script of this repository publishes, and no file contains a token for a registry", () => {
  const { scripts } = JSON.parse(read("package.json"));
  expect(Object.values(scripts as Record<string, string>).filter((script) => /publish/.test(script))).toEqual([]);
  const tracked = git(root, "ls-files", "-z").split("\0");
  expect(tracked.filter((file) => /(^|\/)(\.npmrc|\.yarnrc\.yml|\.env)$/.test(file))).toEqual([]);
});

const installed = ["", "e2e/release/", "e2e/runtimes/", "e2e/vendors/", "examples/frameworks/", "benchmarks/mutation/"];

describe.each(installed)("R49: what ./%s installs", (folder) => {
  const settings = parse(read(`${folder}pnpm-workspace.yaml`));
  const lockfile = read(`${folder}pnpm-lock.yaml`);

  test("is at least three days old, has no less provenance than before, and is from the registry", () => {
    expect(settings).toMatchObject({ minimumReleaseAge: 4_320, trustPolicy: "no-downgrade", blockExoticSubdeps: true });
    const loopholes = [
      "minimumReleaseAgeExclude",
      "minimumReleaseAgeStrict",
      "trustPolicyExclude",
      "trustPolicyIgnoreAfter",
    ];
    expect(loopholes.filter((name) => name in settings)).toEqual([]);
  });

  test("runs only the install scripts that are listed", () => {
    expect(settings.strictDepBuilds).toBe(true);
    expect(settings.dangerouslyAllowAllBuilds).toBeUndefined();
    const allowed = Object.entries(settings.allowBuilds ?? {}).filter(([, allow]) => allow !== false);
    expect(allowed).toEqual(
      folder === ""
        ? [
            ["esbuild", true],
            ["node", true],
          ]
        : [],
    );
  });

  test("is locked, each package by the hash of its bytes", () => {
    const { packages } = parse(lockfile) as { packages: Record<string, { resolution: Record<string, unknown> }> };
    const entries = Object.entries(packages);
    expect(entries.length).toBeGreaterThan(0);
    const loose = entries.filter(([, { resolution }]) => !/^sha512-/.test(String(resolution.integrity)));
    expect(loose.map(([name]) => name)).toEqual([]);
    const elsewhere = entries.filter(([, { resolution }]) => "tarball" in resolution || "repo" in resolution);
    expect(elsewhere.map(([name]) => name)).toEqual([]);
  });
});

test.each(publicPackages(root))(
  "R49: $name is public, names its repository, and has no script that an installation runs",
  (one) => {
    const manifest = JSON.parse(read(`${one.folder}/package.json`));
    expect(manifest.publishConfig).toEqual({ access: "public" });
    // npm compares it with the repository of the provenance statement.
    expect(manifest.repository).toEqual({
      type: "git",
      url: "git+https://github.com/connectry/connectry.git",
      directory: one.folder,
    });
    expect(Object.keys(manifest.scripts).filter((name) => /install|prepare|prepublish/.test(name))).toEqual([]);
  },
);
