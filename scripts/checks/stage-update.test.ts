import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { git } from "../changeset-check/find-base.ts";
import { describeUpdate } from "../update-specs/describe-update.ts";
import { readBlob, stageUpdate } from "../update-specs/stage-update.ts";

const script = fileURLToPath(new URL("../stage-update.ts", import.meta.url));
const changeset = '---\n"@connectry/acme": patch\n---\n\nFollows the newest document.\n';
let folder: string;
let repository: string;
let patch: string;

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(repository, file)), { recursive: true });
  writeFileSync(join(repository, file), text);
};

/** Writes the patch of a change, as the job that is not trusted does, and undoes the change. */
function makePatch(change: () => void): void {
  change();
  git(repository, "add", "--all");
  writeFileSync(patch, git(repository, "diff", "--cached", "--binary", "HEAD"));
  git(repository, "reset", "--quiet", "--hard", "HEAD");
  git(repository, "clean", "--quiet", "-dxf");
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "connectry-stage-"));
  repository = join(folder, "repository");
  patch = join(folder, "update.patch");
  mkdirSync(repository);
  git(repository, "init", "--quiet", "--initial-branch=main");
  write("specs/acme/spec.yaml", "documents: []\n");
  write("specs/acme/surface.txt", "list\n");
  write(".changeset/config.json", "{}\n");
  write(".github/workflows/ci.yml", "on: push\n");
  git(repository, "add", "--all");
  git(repository, "-c", "user.name=A", "-c", "user.email=a@localhost", "commit", "--quiet", "--message", "First");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("R49: what an update writes is staged, and the working tree stays as it is", () => {
  makePatch(() => {
    write("specs/acme/spec.yaml", "documents: [new]\r\n");
    write("specs/acme/surface.txt", "get\n");
    write(".changeset/update-acme-0a1b2c3d.md", changeset);
  });
  const staged = stageUpdate(repository, patch);
  expect(staged.map(({ path, isNew }) => [path, isNew])).toEqual([
    [".changeset/update-acme-0a1b2c3d.md", true],
    ["specs/acme/spec.yaml", false],
    ["specs/acme/surface.txt", false],
  ]);
  expect(staged.map(({ blob }) => readBlob(repository, blob))).toEqual([changeset, "documents: [new]\r\n", "get\n"]);
  expect(existsSync(join(repository, ".changeset/update-acme-0a1b2c3d.md"))).toBe(false);
  expect(readFileSync(join(repository, "specs/acme/surface.txt"), "utf8")).toBe("list\n");
});

const environment = "/proc/self/environ";
const link = (file: string, target: string) => () => {
  mkdirSync(dirname(join(repository, file)), { recursive: true });
  rmSync(join(repository, file), { recursive: true, force: true });
  symlinkSync(target, join(repository, file));
};
const hostile: Readonly<Record<string, () => void>> = {
  "a changeset that is a link to the environment": link(".changeset/update-acme.md", environment),
  "a changeset whose name contains a space and a path": () => write(`.changeset/a ${environment}`, changeset),
  "a changeset whose name contains a line break": () => write(".changeset/update-a\n.md", changeset),
  "a changeset whose name begins with a dash": () => write(".changeset/-rf.md", changeset),
  "a changeset that no update writes": () => write(".changeset/other.md", changeset),
  "a folder of specs that is a link": link("specs/gh", "../.github"),
  "a folder of specs that becomes a link": link("specs/acme", "../.github"),
  "a spec that becomes a link": link("specs/acme/spec.yaml", environment),
  "an executable spec": () => {
    write("specs/acme/spec.yaml", "documents: [new]\n");
    chmodSync(join(repository, "specs/acme/spec.yaml"), 0o755);
  },
  "a spec that is deleted": () => rmSync(join(repository, "specs/acme/spec.yaml")),
  "the settings of changesets": () => write(".changeset/config.json", '{"commit": true}\n'),
  "a workflow": () => write(".github/workflows/ci.yml", "on: pull_request_target\n"),
  "an overlay": () => write("specs/acme/overlay.yaml", "overlay: 1.0.0\n"),
  "attributes of git": () => write("specs/acme/.gitattributes", "* filter=evil\n"),
  "a spec in a folder below a provider": () => write("specs/acme/deep/spec.yaml", "documents: []\n"),
};

test.each(Object.entries(hostile))("R49: a patch with %s is refused, and nothing of it stays staged", (_, change) => {
  makePatch(change);
  expect(() => stageUpdate(repository, patch)).toThrow(/^The patch (changes|makes) /);
  expect(git(repository, "status", "--porcelain")).toBe("");
});

test.each([
  ["climbs out of the repository", "--- /dev/null\n+++ b/../evil\n@@ -0,0 +1 @@\n+x\n"],
  ["writes into .git", "--- /dev/null\n+++ b/.git/hooks/pre-commit\n@@ -0,0 +1 @@\n+x\n"],
  [
    "adds a repository",
    `diff --git a/specs/a b/specs/a\nnew file mode 160000\nindex 0000000..${"1".repeat(40)}\n--- /dev/null\n+++ b/specs/a\n@@ -0,0 +1 @@\n+Subproject commit ${"1".repeat(40)}\n`,
  ],
])("R49: a patch that %s is refused", (_, text) => {
  writeFileSync(patch, text);
  expect(() => stageUpdate(repository, patch)).toThrow();
  expect(git(repository, "status", "--porcelain")).toBe("");
});

test("R49: the script shows no variable of its environment, whatever the patch links to", () => {
  const body = join(folder, "body.md");
  const env = { PATH: process.env.PATH, GH_TOKEN: "secret-token" };
  const run = () => execFileSync(process.execPath, [script, patch, body], { cwd: repository, env, stdio: "pipe" });
  makePatch(link(".changeset/update-acme.md", environment));
  expect(run).toThrow(/something else than a regular file/);
  expect(existsSync(body)).toBe(false);
  makePatch(() => write(".changeset/update-acme.md", changeset));
  run();
  const text = readFileSync(body, "utf8");
  expect(text).toContain("Follows the newest document.");
  expect(text).not.toContain("secret-token");
  symlinkSync(environment, `${patch}.link`);
  expect(() => execFileSync(process.execPath, [script, `${patch}.link`, `${body}2`], { stdio: "pipe" })).toThrow(
    /The patch is not a file/,
  );
});

test("the description of the pull request has each changeset in a code block that it cannot end", () => {
  const text = describeUpdate(["closes #1 @octocat\n```\n````\nhttps://evil.test"]);
  expect(text).toContain("\n`````markdown\ncloses #1 @octocat\n```\n````\nhttps://evil.test\n`````\n");
});

test("the description of the pull request is never longer than GitHub accepts, and counts what it leaves out", () => {
  const text = describeUpdate(["short", "x".repeat(70_000), "short"]);
  expect(text.length).toBeLessThan(60_000);
  expect(text).toContain("... and 2 more.");
});
