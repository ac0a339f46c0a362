import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { runCli } from "../../test/run-cli.js";
import { tempFolder, writeFiles } from "../../test/temp-folder.js";
import { commands, options } from "./options.js";

/** What bash would offer for the last of these words. */
async function complete(...words: readonly string[]): Promise<readonly string[]> {
  const cwd = await tempFolder({ "specs/acme/spec.yaml": "", "acme.json": "{}" });
  const { stdout } = await runCli(["completion", "bash"], { cwd });
  await writeFiles(cwd, { "completion.sh": stdout });
  const list = words.map((word) => `'${word}'`).join(" ");
  const program = `source completion.sh; COMP_WORDS=(connectry ${list}); COMP_CWORD=${words.length}; _connectry; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync("bash", ["--norc", "-c", program], { cwd, encoding: "utf8" });
  return output.split("\n").filter(Boolean);
}

test("bash completes commands, their options, their values, providers and files", async () => {
  expect(await complete("")).toEqual([...commands, "--help", "--version"]);
  expect(await complete("ge")).toEqual(["generate"]);
  expect(await complete("pull", "--")).toEqual(["--specs", "--out", "--record", "--json", "--help"]);
  expect(await complete("diff", "a", "b", "--fail-on", "")).toEqual(["breaking", "additive", "any"]);
  expect(await complete("help", "doc")).toEqual(["doctor"]);
  expect(await complete("mock", "ac")).toEqual(["acme", "acme.json"]);
});

test.each(["zsh", "fish"])("the completion of %s names every command and option", async (shell) => {
  const { stdout, code } = await runCli(["completion", shell], { cwd: await tempFolder() });
  expect(code).toBe(0);
  for (const name of [...commands, ...Object.keys(options)]) expect(stdout).toContain(name);
});

test.each(commands.filter((command) => command !== "help"))(
  "help %s shows its usage and its options, also by --help",
  async (command) => {
    const cwd = await tempFolder();
    const { stdout } = await runCli(["help", command], { cwd });
    expect(stdout).toMatch(new RegExp(`^connectry ${command}`));
    for (const [name, option] of Object.entries(options)) {
      const has = option.commands.includes(command);
      expect([name, stdout.includes(`  --${name} `)]).toEqual([name, has]);
    }
    expect((await runCli([command, "--help"], { cwd })).stdout).toBe(stdout);
  },
);
