import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { loadDocuments } from "@connectry/codegen";
import { redisServer } from "@connectry/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPostgres } from "../../packages/core/test/postgres.ts";
import { rabbitmqServer } from "../../packages/core/test/rabbitmq.ts";
import { boxServer } from "../../packages/core/test/upload-servers.ts";
import { writeReadmePrograms } from "../../scripts/readme-programs.ts";
import { MARK, type Plan, type ProgramEnd } from "./reader/plan.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "examples/readme-programs");
const runner = join(root, "docs/test/reader/run-programs.ts");

/** Programs that end with an error on the machine of a reader who has not done what the text before them says. */
const endsWith: Readonly<Record<string, string>> = {
  "README-md-6.ts": "the account 62515 must be authorized again (no-tokens)",
  "packages-core-README-md-9.ts": "the account 62515 must be authorized again (no-tokens)",
};

const readmes = writeReadmePrograms(folder);
let env: NodeJS.ProcessEnv;
let ports: Plan["ports"];

/** The files that programs read, as the text around them says: documents of providers, responses, an upload. */
async function writeFiles(): Promise<void> {
  for (const name of ["openapi", "test"]) mkdirSync(join(folder, name));
  for (const id of ["stripe", "github", "hubspot"]) {
    const documents = await loadDocuments(id);
    for (const { name, json } of documents)
      writeFileSync(join(folder, `openapi/${documents.length === 1 ? id : name}.json`), JSON.stringify(json));
  }
  copyFileSync(join(root, "packages/connectors/stripe/test/responses.json"), join(folder, "test/responses.json"));
  for (const name of ["evidence.pdf", "video.mp4"]) writeFileSync(join(folder, name), Buffer.alloc(300_000, "x"));
}

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(closing.map((close) => close()));
  rmSync(folder, { recursive: true, force: true });
});

beforeAll(async () => {
  await writeFiles();
  const [redis, postgres, rabbitmq] = await Promise.all([redisServer(), startPostgres(), rabbitmqServer()]);
  closing.push(
    () => redis.close(),
    () => postgres.stop(),
    () => rabbitmq.close(),
  );
  const { host, port, user, database } = postgres.config;
  ports = { 6379: Number(new URL(redis.url).port) };
  env = {
    ...process.env,
    // A reader's machine is not a CI: recordings are made there.
    CI: undefined,
    ...Object.fromEntries(namesOfEnvironment().map((name) => [name, `${name.toLowerCase()}-of-the-reader`])),
    TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
    GITHUB_PRIVATE_KEY: generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey.export({
      type: "pkcs8",
      format: "pem",
    }) as string,
    AMQP_URL: rabbitmq.url,
    DATABASE_URL: `postgres://${user}@${host}:${port}/${database}`,
    ...{ PGHOST: host, PGPORT: `${port}`, PGUSER: user, PGDATABASE: database },
  };
}, 120_000);

describe("the programs of READMEs run to their end", () => {
  for (const { readme, files, connectors } of readmes) {
    const [tests, programs] = [files.filter(isTest), files.filter((file) => !isTest(file))];
    test(`${readme}: ${programs.length}`, { timeout: 300_000 }, async () => {
      const boxUrl = (await boxServer(100_000)).url;
      const plan: Plan = { programs, connectors, ports, boxUrl };
      const output = await execute([runner, JSON.stringify(plan)]);
      const ends = output.split("\n").flatMap((line) => {
        return line.startsWith(MARK) ? [JSON.parse(line.slice(MARK.length)) as ProgramEnd] : [];
      });
      expect(ends.map(({ program }) => program)).toEqual(programs);
      for (const { program, error = "" } of ends) {
        const expected = endsWith[basename(program)];
        if (expected === undefined) expect(error, basename(program)).toBe("");
        else expect(error, basename(program)).toContain(expected);
      }
    });
    test.each(tests.map((file) => basename(file)))("tests of node:test: %s", { timeout: 300_000 }, async (file) => {
      expect(await execute(["--test-reporter=tap", join(folder, file)])).toMatch(/^# pass [1-9]\d*\n# fail 0$/m);
    });
  }
});

const isTest = (file: string) => readFileSync(file, "utf8").includes('from "node:test"');

async function execute(args: readonly string[]): Promise<string> {
  const options = { cwd: folder, env, timeout: 280_000, maxBuffer: 64 << 20 };
  const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", ...args], options);
  return stdout;
}

/** The variables that programs read, and those from which the clients of their connectors read a credential. */
function namesOfEnvironment(): string[] {
  const connectors = [...new Set(readmes.flatMap((one) => one.connectors))];
  const sources = [
    ...readmes.flatMap(({ files }) => files),
    ...connectors.map((id) => join(root, `packages/connectors/${id}/src/profile.ts`)),
  ].map((file) => readFileSync(file, "utf8"));
  return [...new Set(sources.join("\n").match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g) ?? [])];
}
