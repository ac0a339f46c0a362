import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { acmeProject, targets } from "../../test/acme-project.js";
import { runCli } from "../../test/run-cli.js";
import { sampleDocument, specYaml } from "../../test/sample-document.js";
import { tempFolder } from "../../test/temp-folder.js";

const headers = { authorization: "Bearer any" };
const anyPort = ["--port", "0"];

/** The address that the command printed. */
const urlIn = (stdout: string) => /served on (\S+)/.exec(stdout)?.[1] as string;

test("mock serves a document, prints every request, and ends when it is interrupted", async () => {
  const cwd = await tempFolder({ "pets.json": sampleDocument });
  let url = "";
  const run = await runCli(["mock", "pets.json", ...anyPort], {
    cwd,
    async whileRunning(stdout) {
      url = urlIn(stdout);
      expect((await fetch(`${url}/pets`, { headers })).status).toBe(200);
      expect((await fetch(`${url}/cats`, { headers })).status).toBe(404);
    },
  });
  expect(run.code).toBe(0);
  expect(run.stdout).toMatch(/GET \/pets {2}200 {2}\d+ ms\nGET \/cats {2}404 {2}\d+ ms\n/);
  expect(run.stderr).toContain("assumed, because the document does not say it: ");
  await expect(fetch(url)).rejects.toThrow();
});

test("a client asks for a fault by a header, forgets everything, and reads what was received", async () => {
  const cwd = await tempFolder({ "pets.json": sampleDocument });
  await runCli(["mock", "pets.json", ...anyPort], {
    cwd,
    async whileRunning(stdout) {
      const url = urlIn(stdout);
      const read = (fault: string) => fetch(`${url}/pets`, { headers: { ...headers, "connectry-fault": fault } });
      expect((await read("503")).status).toBe(503);
      await expect(read('{"kind":"reset","after":"request"}')).rejects.toThrow("fetch failed");
      const wrong = await read("often");
      expect([wrong.status, await wrong.json()]).toEqual([400, { error: expect.stringContaining("connectry-fault") }]);
      expect((await fetch(`${url}/pets`, { headers })).status).toBe(200);
      const received = await (await fetch(`${url}/-/requests`)).json();
      expect(received).toHaveLength(4);
      expect(JSON.stringify(received)).not.toContain("Bearer");
      expect((await fetch(`${url}/-/reset`, { method: "POST" })).status).toBe(204);
      expect(await (await fetch(`${url}/-/requests`)).json()).toEqual([]);
    },
  });
});

test("mock serves a provider of specs/ by its profile", async () => {
  const cwd = await acmeProject();
  const { stdout } = await runCli(["mock", "acme", ...anyPort], {
    cwd,
    async whileRunning(printed) {
      expect(printed).toContain("Acme is served on http://127.0.0.1:");
      expect((await fetch(`${urlIn(printed)}/pets`)).status).toBe(401);
    },
  });
  expect(stdout).toContain("GET /pets  401");
});

test.each(["@connectry/acme", "acme"])(
  "mock serves an installed connector, named %s, by what it exports",
  async (name) => {
    const profile = {
      id: "acme",
      name: "Installed Acme",
      baseUrl: "https://api.acme.test",
      auth: { kind: "header", name: "x-acme-key", env: "ACME_KEY" },
      body: "json",
      errors: { message: ["error"] },
    };
    const facts = { version: "1", operations: {}, pages: {} };
    const folder = "node_modules/@connectry/acme";
    const cwd = await tempFolder({
      [`${folder}/package.json`]: JSON.stringify({ name: "@connectry/acme", type: "module", exports: "./index.js" }),
      [`${folder}/index.js`]: `export const profile = ${JSON.stringify(profile)}; export const facts = ${JSON.stringify(facts)};`,
      [`${folder}/spec/acme.json`]: sampleDocument,
      [`${folder}/spec/spec.yaml`]: specYaml("acme.json", sampleDocument, targets),
      // A package of the provider's own, instead of a connector.
      "node_modules/acme/package.json": JSON.stringify({ name: "acme" }),
    });
    const run = await runCli(["mock", name, ...anyPort], {
      cwd,
      async whileRunning(stdout) {
        expect(stdout).toContain("Installed Acme is served on");
        expect((await fetch(`${urlIn(stdout)}/pets`, { headers: { "x-acme-key": "any" } })).status).toBe(200);
      },
    });
    expect(run).toMatchObject({ code: 0, stderr: "" });
  },
);

test("an installed connector whose document cannot be loaded says so, also by its short name", async () => {
  const folder = "node_modules/@connectry/acme";
  const cwd = await tempFolder({
    [`${folder}/package.json`]: JSON.stringify({ name: "@connectry/acme", type: "module", exports: "./index.js" }),
    [`${folder}/spec/acme.json`]: "{}",
    [`${folder}/spec/spec.yaml`]: specYaml("acme.json", sampleDocument, targets),
  });
  const { code, stderr } = await runCli(["mock", "acme", ...anyPort], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain("acme.json");
  expect(stderr).not.toContain("Unknown provider");
});

test("a port that is in use, or is not valid, is one clear error", async () => {
  const cwd = await tempFolder({ "pets.json": sampleDocument });
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as { port: number };
  expect(await runCli(["mock", "pets.json", "--port", String(port)], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`The port ${port} is in use.`),
  });
  expect((await runCli(["mock", "pets.json", "--port", "many"], { cwd })).stderr).toContain(
    '`--port` must be a number from 0 (any free port) to 65535, got "many".',
  );
  expect((await runCli(["mock"], { cwd })).stderr).toContain("requires one provider or document");
  expect((await runCli(["mock", "nobody"], { cwd })).stderr).toContain("Unknown provider `nobody`");
});
