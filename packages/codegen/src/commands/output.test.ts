// What commands print to which stream: results to stdout, with --json as JSON alone; what is being done to stderr.
import { expect, test } from "vitest";
import { acmeProject } from "../../test/acme-project.js";
import { publish, serveRegistry } from "../../test/npm-registry.js";
import { runCli } from "../../test/run-cli.js";
import { sampleDocument } from "../../test/sample-document.js";
import { writeFiles } from "../../test/temp-folder.js";
import { sha256 } from "../source/sha256.js";

const schema = "type Query { name: String }";
const project = () =>
  acmeProject(sampleDocument, {
    "schema.graphql": schema,
    "src/a.graphql": "query Name { name }",
    "package.json": "{}",
  });

const commands: readonly (readonly [argv: readonly string[], steps: readonly string[]])[] = [
  [["generate"], ["generating acme"]],
  [["check"], ["generating acme", "type-checking acme"]],
  [
    ["add", "pets", "--spec", "acme.json", "--out", "src/pets"],
    ["generating pets", "type-checking pets"],
  ],
  [["doctor", "acme", "--offline"], ["checking acme"]],
  [["diff", "acme.json", "acme.json"], []],
  [["graphql", "schema.graphql", "src/*.graphql", "--out", "src/gql.ts"], []],
  [["scopes", "acme.json"], []],
  [["pull"], []],
];

test.each(commands)("%j --json prints JSON alone to stdout, and to stderr each step, in order", async (argv, steps) => {
  const cwd = await project();
  if (argv[0] === "check") await runCli(["generate"], { cwd });
  const { stdout, stderr } = await runCli([...argv, "--json"], { cwd });
  const parsed = ["diff", "scopes", "doctor"].includes(argv[0] ?? "")
    ? [JSON.parse(stdout)]
    : stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
  expect(parsed.length).toBeGreaterThan(0);
  const shown = stderr.split("\n").filter((line) => /^(fetching|generating|type-checking|checking) /.test(line));
  expect(shown).toEqual(steps);
});

test.each(commands.filter(([, steps]) => steps.length > 0))(
  "%j shows its steps on a terminal in a bar, and none of it on stdout",
  async (argv, steps) => {
    const cwd = await project();
    if (argv[0] === "check") await runCli(["generate"], { cwd });
    const { stdout, stderr } = await runCli([...argv, "--json"], { cwd, isTTY: true, env: { TERM: "xterm" } });
    for (const step of steps) {
      expect(stderr).toMatch(new RegExp(`\\d/\\d [^\\n]*${step}`));
      expect(stdout).not.toContain(step);
    }
  },
);

test("what is fetched is shown before it arrives, by pull and by update", async () => {
  const cwd = await project();
  const acme = await publish("acme-openapi", "1.0.0", { "acme.json": sampleDocument });
  const registry = (await serveRegistry([acme])).url;
  const pin = `documents:\n  - name: acme\n    source: npm:acme-openapi@1.0.0/acme.json\n    integrity: ${acme.integrity}\n    sha256: ${sha256(sampleDocument)}\n`;
  await writeFiles(cwd, {
    "specs/acme/spec.yaml": `profile: ../../profile.ts\noutput: ../../src/generated\n${pin}`,
  });
  const pulled = await runCli(["pull", "--json"], { cwd, registry });
  expect(pulled.stderr).toBe("fetching acme-openapi@1.0.0\n");
  expect(JSON.parse(pulled.stdout)).toMatchObject({ provider: "acme", from: "source" });
  const updated = await runCli(["update", "--json"], { cwd, registry });
  expect(JSON.parse(updated.stdout)).toEqual({ provider: "acme", documents: [] });
});
