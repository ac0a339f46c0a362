import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { consumerEnvironment } from "../../../scripts/environments.ts";
import { createConsumer, entriesOf, npm } from "./consumer.ts";
import { peerUses } from "./peer-uses.ts";
import { startStripeStub } from "./stripe-stub.ts";

const run = promisify(execFile);
const root = inject("root");
// In which @connectry/stripe and core are installed, and no peer of theirs.
const bare = inject("consumer");
const [node20, node24] = ["node20/bin/node", "node/bin/node"].map((node) => join(root, "node_modules", node));

const formats = {
  "an ES module": { file: "peers.mjs", load: (entry: string) => `await import(${JSON.stringify(entry)})` },
  CommonJS: { file: "peers.cjs", load: (entry: string) => `require(${JSON.stringify(entry)})` },
};

/** Runs a program, whose entries are loaded in one format or the other, on the oldest Node. */
async function runAs(
  format: keyof typeof formats,
  program: (load: (entry: string) => string) => string,
  folder = bare,
): Promise<string> {
  const { file, load } = formats[format];
  await writeFile(join(folder, file), `(async () => {${program(load)}})()`);
  const env = { ...consumerEnvironment(), CI: "", TERM: "xterm" };
  return (await run(node20 ?? "", [file], { cwd: folder, env })).stdout.trim();
}

describe.each(Object.keys(formats) as (keyof typeof formats)[])("as %s", (format) => {
  test("every entry loads without its peers", async () => {
    const names = ["@connectry/core", "@connectry/stripe"];
    const entries = (await Promise.all(names.map((name) => entriesOf(bare, name)))).flat();
    expect(entries).toEqual(expect.arrayContaining(["@connectry/core/undici", "@connectry/core/redis"]));
    const output = await runAs(format, (load) =>
      entries.map((entry) => `console.log(Object.keys(${load(entry)}).length > 0);`).join("\n"),
    );
    expect(output.split("\n")).toEqual(entries.map(() => "true"));
  });

  const uses = peerUses.filter(({ use, isBundled }) => use !== undefined && !(isBundled && format === "CommonJS"));
  test.each(uses)("the entry $entry says that $peer is missing, and the command that installs it", async (one) => {
    const output = await runAs(
      format,
      (load) => `
        const { createStripe } = ${load("@connectry/stripe")};
        const entry = ${load(one.entry)};
        const [auth, path] = ["sk_test_consumer", "/v1/balance"];
        await ${one.use}.catch((error) => console.log(error.name + ": " + error.message));`,
    );
    const expected = `${one.entry} needs the package ${one.peer}, which is not installed: npm install ${one.peer}`;
    expect(output).toBe(`ConfigurationError: ${expected}`);
  });
});

describe("@connectry/testing/msw, which cannot do without MSW,", () => {
  const folder = join(bare, "../testing-without-msw");
  beforeAll(() => createConsumer(folder, inject("registry"), ["@connectry/testing"]), 120_000);

  test.each(Object.keys(formats) as (keyof typeof formats)[])("says as %s what installs it", async (format) => {
    const program = (load: (entry: string) => string) => `
      console.log(typeof (${load("@connectry/testing")}).fakeProvider);
      try { ${load("@connectry/testing/msw")} } catch (error) { console.log(error.name + ": " + error.message); }`;
    const message = "@connectry/testing/msw needs the package msw, which is not installed: npm install msw";
    expect(await runAs(format, program, folder)).toBe(`function\nConfigurationError: ${message}`);
  });
});

test("bulk works as CommonJS without p-limit", async () => {
  const output = await runAs(
    "CommonJS",
    (load) => `
      const outcomes = ${load("@connectry/core/bulk")}.bulk([1, 2], (item) => item);
      for await (const { status, value } of outcomes) console.log(status, value);`,
  );
  expect(output).toBe("fulfilled 1\nfulfilled 2");
});

test.each([
  ["7", node20],
  ["8", node24],
])(
  "npm installs core beside undici %s, which sends its calls",
  async (version, node) => {
    await using stripe = await startStripeStub();
    const packages = ["@connectry/stripe", "@connectry/core", `undici@${version}`];
    const folder = await createConsumer(join(bare, `../undici${version}`), inject("registry"), packages);
    await npm(folder, ["ls"]);
    const installed = JSON.parse(await readFile(join(folder, "node_modules/undici/package.json"), "utf8"));
    expect(installed.version.split(".")[0]).toBe(version);
    const program = `
    import { createStripe } from "@connectry/stripe";
    import { undiciTransport } from "@connectry/core/undici";
    const stripe = createStripe({ auth: "sk_test_consumer", baseUrl: ${JSON.stringify(stripe.url)}, transport: undiciTransport() });
    console.log((await stripe.POST("/v1/customers", { body: {} })).data.id);
    process.exit();`;
    await writeFile(join(folder, "program.mjs"), program);
    expect((await run(node ?? "", ["program.mjs"], { cwd: folder, env: consumerEnvironment() })).stdout.trim()).toBe(
      "cus_1",
    );
  },
  120_000,
);
