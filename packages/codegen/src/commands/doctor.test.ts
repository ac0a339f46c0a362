import { mkdir, readFile, realpath, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fakeProvider, type RedisServerOptions, redisServer } from "@connectry/testing";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { acmeProject, targets } from "../../test/acme-project.js";
import { serve } from "../../test/local-server.js";
import { publish, serveRegistry } from "../../test/npm-registry.js";
import { runCli } from "../../test/run-cli.js";
import { sampleDocument, specYaml } from "../../test/sample-document.js";
import { tempFolder, writeFiles } from "../../test/temp-folder.js";
import type { Finding } from "../doctor/finding.js";
import { loadProfile } from "../profile/load-profile.js";

const secret = "acme_canary_0123456789";
const core = fileURLToPath(new URL("../../../core", import.meta.url));
const doctorFacts = `doctor:
  read: /pets
  scopes: x-scopes
  webhookSecret: { env: ACME_WEBHOOK_SECRET, pattern: 'whsec_\\w+' }
`;

/** Links a package of this repository, or one that it uses, into a project. */
async function link(cwd: string, name: string, folder: string): Promise<void> {
  const path = join(cwd, "node_modules", name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(await realpath(folder), path);
}

/** A project with a provider in specs/, and core. */
async function project(more = doctorFacts): Promise<string> {
  const cwd = await acmeProject();
  await writeFiles(cwd, { "specs/acme/spec.yaml": specYaml("../../acme.json", sampleDocument, `${targets}${more}`) });
  await link(cwd, "@connectry/core", core);
  return cwd;
}

interface Report {
  readonly code: number;
  readonly ok: boolean;
  /** The findings by their checks. */
  readonly found: Readonly<Record<string, Finding & { readonly provider?: string }>>;
  readonly stdout: string;
}

async function doctor(cwd: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Report> {
  const { code, stdout, stderr } = await runCli(["doctor", ...args, "--json"], { cwd, env });
  if (!stdout.startsWith("{")) throw new Error(stderr);
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Finding[] };
  return { code, ok, found: Object.fromEntries(findings.map((finding) => [finding.check, finding])), stdout };
}

beforeEach(() => vi.stubEnv("ACME_KEY", secret));
afterEach(() => vi.unstubAllEnvs());

/** A server that responds to the read, with these headers. */
const responding = (headers: Record<string, string>, status = 200) =>
  serve((_, response) => response.writeHead(status, { "content-type": "application/json", ...headers }).end("[]"));

describe("the credential", () => {
  test("that a fake provider accepts is reported, with Node's version, and the exit code is 0", async () => {
    const cwd = await project();
    const profile = (await loadProfile(join(cwd, "profile.ts"))) as never;
    const provider = await fakeProvider({ document: JSON.parse(sampleDocument), profile });
    onTestFinished(() => provider.close());
    const { code, ok, found, stdout } = await doctor(cwd, ["--base-url", provider.url]);
    expect(found).toMatchObject({
      node: { level: "ok", message: `Node ${process.versions.node}` },
      redis: { level: "skipped", message: "REDIS_URL is not set" },
      credential: { provider: "acme", level: "ok", message: "accepted by GET /pets" },
      clock: { level: "ok" },
      document: { level: "ok" },
    });
    expect([code, ok]).toEqual([0, true]);
    expect(provider.requests.map(({ operation }) => operation)).toEqual(["GET /pets"]);
    expect(stdout).not.toContain(secret);
  });

  test("that is exchanged for a token is exchanged, and what is read is that of the token", async () => {
    const cwd = await project();
    const bearer = '{ kind: "bearer", env: "ACME_KEY" }';
    const exchanged = `{
      kind: "client-credentials", tokenUrl: "/oauth/token", clientAuthentication: "basic",
      clientId: { name: "clientId", env: "ACME_CLIENT_ID" }, clientSecret: { name: "clientSecret", env: "ACME_KEY" },
    }`;
    const source = await readFile(join(cwd, "profile.ts"), "utf8");
    await writeFiles(cwd, { "profile.ts": source.replace(bearer, exchanged) });
    const profile = (await loadProfile(join(cwd, "profile.ts"))) as never;
    const credential = { clientId: "acme-client", clientSecret: secret };
    const provider = await fakeProvider({ document: JSON.parse(sampleDocument), profile, credential });
    onTestFinished(() => provider.close());
    expect((await doctor(cwd, ["--base-url", provider.url])).found.credential).toMatchObject({
      level: "error",
      message: expect.stringContaining("ACME_CLIENT_ID"),
    });
    vi.stubEnv("ACME_CLIENT_ID", "acme-client");
    const { found, stdout } = await doctor(cwd, ["--base-url", provider.url]);
    expect(found.credential).toMatchObject({ level: "ok", message: "accepted by GET /pets" });
    expect([provider.tokenRequests.length, provider.requests.length]).toEqual([1, 1]);
    vi.stubEnv("ACME_KEY", "acme_canary_of_another_client");
    const rejected = await doctor(cwd, ["--base-url", provider.url]);
    expect(rejected.found.credential).toMatchObject({
      level: "error",
      advice: "Create another credential, or set the right variable.",
      message: expect.stringMatching(/ACME_CLIENT_ID and ACME_KEY/),
    });
    expect(stdout + rejected.stdout).not.toMatch(/acme_canary/);
  });

  test("is sent to a read that is a POST, with the body of spec.yaml", async () => {
    const received: string[] = [];
    const { url } = await serve(async (request, response) => {
      received.push(`${request.method} ${request.url} ${Buffer.concat(await request.toArray())}`);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
    const { found } = await doctor(await project("doctor: { read: /search, body: { count: 1 } }\n"), [
      "--base-url",
      url,
    ]);
    expect(found.credential).toMatchObject({ level: "ok", message: "accepted by POST /search" });
    expect(received).toEqual(['POST /search {"count":1}']);
  });

  test("that is missing is an error that names its variable", async () => {
    vi.stubEnv("ACME_KEY", undefined);
    const { code, ok, found } = await doctor(await project());
    expect(found.credential).toMatchObject({ level: "error", message: expect.stringContaining("ACME_KEY") });
    expect([code, ok]).toEqual([1, false]);
  });

  test("that the provider rejects is an error, and shown nowhere, even if the provider repeats it", async () => {
    const { url } = await serve((request, response) =>
      response
        .writeHead(401, { "content-type": "application/json" })
        .end(JSON.stringify({ error: request.headers.authorization })),
    );
    const { code, found, stdout } = await doctor(await project(), ["--base-url", url]);
    expect(found.credential).toMatchObject({ level: "error", message: expect.stringContaining("401") });
    expect(code).toBe(1);
    expect(stdout).not.toContain(secret);
  });

  test("that may not read is a warning", async () => {
    const { url } = await responding({}, 403);
    const { code, found } = await doctor(await project(), ["--base-url", url]);
    expect([found.credential?.level, code]).toEqual(["warning", 0]);
  });

  test("cannot be checked where the provider cannot be reached, which is an error", async () => {
    const { found } = await doctor(await project(), ["--base-url", "http://127.0.0.1:9"]);
    expect(found.credential).toMatchObject({ level: "error", advice: "The provider cannot be reached." });
  });

  test("is not sent with --offline, nor where no read is known", async () => {
    const { url, requests } = await responding({});
    const offline = await doctor(await project(), ["--base-url", url, "--offline"]);
    expect([offline.found.credential?.level, offline.found.document?.level]).toEqual(["skipped", "skipped"]);
    const unknown = await doctor(await project(""), ["--base-url", url]);
    expect(unknown.found.credential).toMatchObject({ level: "skipped", message: expect.stringContaining("no read") });
    expect(requests).toEqual([]);
  });
});

test("scopes are listed, and one that is missing is an error", async () => {
  const { url } = await responding({ "x-scopes": "pets, read:org" });
  const cwd = await project();
  const args = ["--base-url", url];
  expect((await doctor(cwd, args)).found.scopes).toMatchObject({ level: "ok", message: "pets, read:org" });
  expect((await doctor(cwd, [...args, "--scopes", "pets"])).code).toBe(0);
  const { code, found } = await doctor(cwd, [...args, "--scopes", "pets,cats"]);
  expect(found.scopes).toMatchObject({ level: "error", advice: "Allow what is missing: cats" });
  expect(code).toBe(1);
});

test.each([
  [10, "ok", "behind"],
  [120, "warning", "behind"],
  [-120, "warning", "ahead of"],
  [900, "error", "behind"],
])("a provider's clock that is %i s ahead is %s", async (seconds, level, direction) => {
  const { url } = await responding({ date: new Date(Date.now() + seconds * 1_000).toUTCString() });
  const { clock } = (await doctor(await project(), ["--base-url", url])).found;
  expect(clock).toMatchObject({ level, message: expect.stringContaining(`s ${direction} the provider's`) });
});

describe("Redis", () => {
  const libraries = ["ioredis", "redis"];

  async function withRedis(library: string, options?: RedisServerOptions) {
    const server = await redisServer(options);
    onTestFinished(() => server.close());
    const cwd = await project();
    await link(cwd, library, join(core, "node_modules", library));
    return { server, cwd };
  }

  test.each(libraries)("that runs scripts is reported, by %s", async (library) => {
    const { server, cwd } = await withRedis(library);
    const { found, code } = await doctor(cwd, ["--redis", server.url, "--offline"]);
    expect(found.redis).toMatchObject({ level: "ok", message: expect.stringContaining(`by ${library}`) });
    expect(code).toBe(0);
  });

  test.each(libraries)("that does not allow scripts is an error, by %s, without its password", async (library) => {
    const { server, cwd } = await withRedis(library);
    const { Redis } = await import(join(core, "node_modules/ioredis/built/index.js"));
    const admin = new Redis(server.url);
    await admin.call("ACL", "SETUSER", "limited", "on", ">pass_canary", "~*", "+@all", "-eval", "-evalsha");
    admin.disconnect();
    const url = server.url.replace("redis://", "redis://limited:pass_canary@");
    const { found, code, stdout } = await doctor(cwd, ["--offline"], { REDIS_URL: url });
    expect(found.redis).toMatchObject({ level: "error", message: expect.stringMatching(/no ?perm/i) });
    expect([found.redis?.advice, code]).toEqual([expect.stringContaining("Allow EVAL"), 1]);
    expect(stdout).not.toContain("pass_canary");
  });

  test.each(libraries)("that is down is an error, by %s", async (library) => {
    const { server, cwd } = await withRedis(library);
    await server.kill();
    const { found } = await doctor(cwd, ["--redis", server.url, "--offline"]);
    expect(found.redis).toMatchObject({ level: "error", advice: expect.stringContaining("Start it") });
  });

  test("without a library in the project is not checked", async () => {
    const { found } = await doctor(await project(), ["--redis", "redis://127.0.0.1:9", "--offline"]);
    expect(found.redis?.level).toBe("skipped");
  });
});

test.each([
  ["whsec_canary1", "ok"],
  ["", "error"],
  ['"whsec_canary1"', "error"],
  ["whsec_canary1\n", "error"],
  ["sk_canary1", "error"],
])("a webhook secret %j is %s, and not shown", async (value, level) => {
  const { found, stdout } = await doctor(await project(), ["--offline"], { ACME_WEBHOOK_SECRET: value });
  expect(found["webhook secret"]?.level).toBe(level);
  expect(stdout).not.toContain("canary");
});

describe("an installed connector", () => {
  const folder = "node_modules/@connectry/acme";
  const source = (version: string) => `npm:acme-api@${version}/acme.json`;

  async function installed(readOn = "2026-11-28") {
    const [one, two] = await Promise.all(
      ["1.0.0", "1.1.0"].map((version) =>
        publish("acme-api", version, { "acme.json": `${sampleDocument}${version === "1.1.0" ? " " : ""}` }),
      ),
    );
    const registry = await serveRegistry([one!, two!]);
    const exports = { ".": "./index.js", "./oauth": "./oauth.js", "./operations": "./operations.js" };
    const cwd = await tempFolder({
      "package.json": JSON.stringify({ dependencies: { "@connectry/acme": "*", yaml: "*" } }),
      [`${folder}/package.json`]: JSON.stringify({
        name: "@connectry/acme",
        version: "0.3.0",
        type: "module",
        exports,
      }),
      [`${folder}/index.js`]: `import { allStrategies, createConnector } from "@connectry/core";
        const profile = ${JSON.stringify({ id: "acme", name: "Acme", baseUrl: "https://api.acme.test", auth: { kind: "bearer", env: "ACME_KEY" }, body: "json", errors: { message: ["error"] }, environments: { live: {}, sandbox: { baseUrl: "https://sandbox.acme.test", env: { ACME_KEY: "ACME_SANDBOX_KEY" } } } })};
        const facts = { version: "1", operations: {}, pages: {} };
        export const createAcme = (options) => createConnector({ profile, facts, strategies: allStrategies(profile) }, options);`,
      [`${folder}/oauth.js`]: `export const acmeOauth = { sources: [{ page: "https://acme.test/oauth", readOn: "${readOn}" }] };`,
      [`${folder}/operations.js`]: `export const ListPets = { method: "GET", path: "/pets" }; export const Me = { method: "GET", path: "/v1/users/me" };`,
      [`${folder}/spec/spec.yaml`]: specYaml(source("1.0.0"), sampleDocument, targets),
    });
    await link(cwd, "@connectry/core", core);
    return { cwd, registry };
  }

  test("is found by package.json; its read is drafted, and a newer document is a warning", async () => {
    const { cwd, registry } = await installed();
    const { url, requests } = await responding({});
    const run = await runCli(["doctor", "--base-url", url], { cwd, registry: registry.url });
    expect(run.stdout).toContain("\nacme\n");
    expect(run.stdout).toMatch(/ok +packages +@connectry\/acme 0\.3\.0, @connectry\/core \d/);
    expect(run.stdout).toMatch(/ok +credential +accepted by GET \/v1\/users\/me/);
    expect(run.stdout).toMatch(
      /warning +document +npm:acme-api@1\.0\.0.*a newer one is published: npm:acme-api@1\.1\.0/,
    );
    expect(run.stdout).toMatch(/oauth facts +read on 2026-11-28 or later/);
    expect(run.code).toBe(0);
    expect(requests).toEqual(["GET /v1/users/me"]);
  });

  test("is checked in the environment that is named, with its credential", async () => {
    const { cwd } = await installed();
    const { url, requests } = await responding({});
    const missing = await doctor(cwd, ["acme", "--base-url", url, "--environment", "sandbox"]);
    expect(missing.found.credential).toMatchObject({
      level: "error",
      message: expect.stringContaining("ACME_SANDBOX_KEY"),
    });
    const unknown = await doctor(cwd, ["acme", "--base-url", url, "--environment", "test"]);
    expect(unknown.found.credential).toMatchObject({
      level: "error",
      message: 'Acme: `environment` must be one of "live", "sandbox", got "test".',
    });
    expect(requests).toEqual([]);
  });

  test("whose OAuth facts were read long ago is a warning", async () => {
    const { cwd } = await installed("2020-01-01");
    const { found } = await doctor(cwd, ["acme", "--offline"]);
    expect(found["oauth facts"]).toMatchObject({
      level: "warning",
      advice: expect.stringContaining("https://acme.test/oauth"),
    });
  });

  test("beside another copy of core is a warning", async () => {
    const { cwd } = await installed();
    const manifest = JSON.parse(await readFile(join(core, "package.json"), "utf8"));
    await writeFiles(cwd, {
      [`${folder}/node_modules/@connectry/core/package.json`]: JSON.stringify({ ...manifest, version: "9.9.9" }),
    });
    const { found } = await doctor(cwd, ["--offline"]);
    expect(found.packages).toMatchObject({
      level: "warning",
      message: expect.stringContaining("@connectry/core 9.9.9"),
    });
  });
});

test("a project without connectors, and a provider that does not exist, are one clear error", async () => {
  const cwd = await tempFolder();
  expect((await runCli(["doctor"], { cwd })).stderr).toContain("No connector found");
  expect((await runCli(["doctor", "nobody"], { cwd })).stderr).toContain("Unknown provider `nobody`");
});
