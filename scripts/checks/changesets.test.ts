import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beginning, findBase, git } from "../changeset-check/find-base.ts";
import { findUnannounced } from "../changeset-check/find-unannounced.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("every package that changed here has a changeset; `pnpm changeset` writes one", () => {
  expect(findUnannounced(root, findBase(root, env))).toEqual([]);
});

describe("the check for changesets", () => {
  let repository: string;

  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    writeFileSync(join(repository, file), text);
  };
  const commit = (subject: string) => {
    git(repository, "add", "--all");
    const author = ["-c", "user.name=A", "-c", "user.email=a@localhost", "-c", "commit.gpgsign=false"];
    git(repository, ...author, "commit", "--quiet", "--allow-empty", "--message", subject);
  };
  const manifest = (name: string, version = "1.0.0") => JSON.stringify({ name: `@connectry/${name}`, version });
  const changeset = (name: string, bump = "patch") => `---\n"@connectry/${name}": ${bump}\n---\n\nIt is better.\n`;
  const unannounced = (environment = {}) =>
    findUnannounced(repository, findBase(repository, environment)).map(({ name }) => name);

  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), "connectry-changesets-"));
    git(repository, "init", "--quiet", "--initial-branch=main");
    write("packages/core/package.json", manifest("core"));
    write("packages/core/src/index.ts", "export const a = 1;\n");
    write("packages/connectors/acme/package.json", manifest("acme"));
    write("specs/acme/spec.yaml", "documents: []\n");
    write(".changeset/first.md", changeset("core", "minor").replace("---\n\n", '"@connectry/acme": minor\n---\n\n'));
    commit("Start");
    git(repository, "checkout", "--quiet", "-b", "branch");
  });
  afterEach(() => rmSync(repository, { recursive: true, force: true }));

  test("finds nothing where nothing changed", () => {
    expect(unannounced()).toEqual([]);
  });

  test.each([
    ["committed", () => commit("Change")],
    ["not committed", () => {}],
  ])("finds a package whose code changed, %s, though an older changeset names it", (_, finish) => {
    write("packages/core/src/index.ts", "export const a = 2;\n");
    finish();
    expect(unannounced()).toEqual(["@connectry/core"]);
  });

  test("finds a file that is new, moved or deleted", () => {
    git(repository, "mv", "packages/core/src/index.ts", "elsewhere.ts");
    commit("Move");
    expect(unannounced()).toEqual(["@connectry/core"]);
    write("packages/connectors/acme/src/new.ts", "");
    expect(unannounced()).toEqual(["@connectry/acme", "@connectry/core"]);
  });

  test("counts a provider's folder in specs/ as part of its connector", () => {
    write("specs/acme/spec.yaml", "documents: [a]\n");
    expect(unannounced()).toEqual(["@connectry/acme"]);
    write(".changeset/second.md", changeset("core"));
    expect(unannounced()).toEqual(["@connectry/acme"]);
    write(".changeset/second.md", changeset("acme"));
    expect(unannounced()).toEqual([]);
  });

  test("accepts a changeset of the same branch, committed or not", () => {
    write("packages/core/src/index.ts", "export const a = 2;\n");
    write(".changeset/second.md", changeset("core"));
    expect(unannounced()).toEqual([]);
    commit("Change");
    expect(unannounced()).toEqual([]);
  });

  test("rejects a changeset without a bump, and a changeset that was deleted", () => {
    write("packages/core/src/index.ts", "export const a = 2;\n");
    write(".changeset/second.md", "---\n---\n\n@connectry/core: patch\n");
    expect(unannounced()).toEqual(["@connectry/core"]);
    rmSync(join(repository, ".changeset/second.md"));
    rmSync(join(repository, ".changeset/first.md"));
    expect(unannounced()).toEqual(["@connectry/core"]);
  });

  test.each(["src/index.test.ts", "README.md", "api-surface.txt", "tsconfig.json", "test/vectors.ts"])(
    "ignores %s",
    (file) => {
      write(`packages/core/${file}`, "changed\n");
      commit("Change");
      expect(unannounced()).toEqual([]);
    },
  );

  test("accepts a new version, because the release deleted its changesets", () => {
    write("packages/core/src/index.ts", "export const a = 2;\n");
    write(".changeset/second.md", changeset("core"));
    commit("Change");
    git(repository, "checkout", "--quiet", "-B", "main");
    git(repository, "checkout", "--quiet", "-b", "changeset-release/main");
    rmSync(join(repository, ".changeset/second.md"));
    rmSync(join(repository, ".changeset/first.md"));
    write("packages/core/package.json", manifest("core", "1.1.0"));
    write("packages/core/CHANGELOG.md", "# 1.1.0\n");
    commit("Version");
    expect(unannounced()).toEqual([]);
  });

  test("compares main with the last release", () => {
    git(repository, "checkout", "--quiet", "main");
    git(repository, "tag", "@connectry/core@1.0.0");
    expect(unannounced()).toEqual([]);
    write("packages/core/src/index.ts", "export const a = 2;\n");
    commit("Change");
    expect(findBase(repository, {})).toBe("@connectry/core@1.0.0");
    expect(unannounced()).toEqual(["@connectry/core"]);
    write(".changeset/second.md", changeset("core"));
    commit("Announce");
    expect(unannounced()).toEqual([]);
  });

  test("requires a changeset for every package of main before the first release", () => {
    git(repository, "checkout", "--quiet", "main");
    expect(findBase(repository, {})).toBe(beginning);
    expect(unannounced()).toEqual([]);
    write("packages/extra/package.json", manifest("extra"));
    commit("Add");
    expect(unannounced()).toEqual(["@connectry/extra"]);
  });

  test("fails where it cannot compare, without the history of the target or without a repository", () => {
    expect(() => findBase(repository, { GITHUB_BASE_REF: "next" })).toThrow("check out with its whole history");
    rmSync(join(repository, ".git"), { recursive: true });
    expect(() => findBase(repository, { GIT_DIR: "nowhere" })).toThrow("not a git repository");
  });
});

test("the check compares with git's empty tree where there is no release", () => {
  expect(git(root, "hash-object", "-t", "tree", "/dev/null").trim()).toBe(beginning);
  expect(readFileSync(join(root, ".changeset/config.json"), "utf8")).toContain('"baseBranch": "main"');
});
