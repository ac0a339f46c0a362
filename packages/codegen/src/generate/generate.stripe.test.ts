import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import ts56 from "typescript-5.6";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { TYPE_CLIENT } from "../../test/type-client.js";
import { createCommandContext, processContext } from "../commands/command-context.js";
import { loadProviders } from "../commands/load-providers.js";
import type { LoadedDocument } from "../document/loaded-document.js";
import { loadProfile } from "../profile/load-profile.js";
import { CORE_FILES } from "./check/core-types.js";
import { findTypeErrors } from "./check/find-type-errors.js";
import { type GenerateOutput, generate } from "./generate.js";

// The document that spec.yaml pins, from the cache of pulled documents.
const root = fileURLToPath(new URL("../../../..", import.meta.url));
const minute = 60_000;

let document: LoadedDocument;
let profile: unknown;
let output: GenerateOutput;
const file = (name: string) => output.files.get(name) ?? "";

beforeAll(async () => {
  const [stripe] = await loadProviders(
    { providers: ["stripe"], specs: join(root, "specs") },
    await createCommandContext(processContext()),
  );
  if (stripe?.spec.profile === undefined) throw new Error("specs/stripe names no profile.");
  [document] = (await stripe.load()) as [LoadedDocument];
  profile = await loadProfile(stripe.spec.profile);
  output = await generate({ provider: "stripe", documents: [document], profile });
}, 3 * minute);

const program = `import type { Client } from "./client.js";
import type { StripePaths } from "./paths.js";
import { PostPaymentIntents } from "./operations.js";
declare const stripe: Client<StripePaths>;
export async function run(): Promise<void> {
  const { data: customer } = await stripe.GET("/v1/customers/{customer}", { params: { path: { customer: "cus_1" } } });
  if (!("deleted" in customer)) customer.email?.length;
  const { data: intent } = await stripe.call(PostPaymentIntents, { body: { amount: 1000, currency: "usd", metadata: { a: "b" } } });
  intent.client_secret?.length;
  for await (const one of stripe.paginate("/v1/customers", { params: { query: { limit: 100 } } })) one.email?.length;
  const result = await stripe.safe.GET("/v1/customers/{customer}", { params: { path: { customer: "cus_1" } } });
  if (result.error) result.error.body.error.message?.length;
}
export async function more(): Promise<void> {
  await stripe.GET("/v1/balance");
  for await (const one of stripe.paginate("/v1/customers/search", { params: { query: { query: "email:'a'" } } })) one.id.length;
  await stripe.POST("/v1/files", { body: { purpose: "dispute_evidence", file: new Blob([]) } });
  new Blob([(await stripe.GET("/v1/quotes/{quote}/pdf", { params: { path: { quote: "q" } } })).data]);
  await stripe.DELETE("/v1/customers/{customer}", { params: { path: { customer: "c" } } });
  // @ts-expect-error a GET has no body, although the document declares one
  await stripe.GET("/v1/balance", { body: {} });
  // @ts-expect-error a search needs its query
  stripe.paginate("/v1/customers/search");
  // @ts-expect-error the amount is a number
  await stripe.POST("/v1/payment_intents", { body: { amount: "1000", currency: "usd" } });
  // @ts-expect-error no such field
  await stripe.POST("/v1/payment_intents", { body: { amount: 1000, currency: "usd", descripton: "typo" } });
}
`;
const withProgram = () => new Map([...output.files, ["client.ts", TYPE_CLIENT], ["program.ts", program]]);

test("Stripe's client has all 533 operations, under the document's ids", () => {
  expect(output.operations).toBe(533);
  const ids = Object.values(document.json.paths as Record<string, Record<string, { operationId?: string }>>).flatMap(
    (item) => Object.values(item).flatMap(({ operationId }) => operationId ?? []),
  );
  const names = [...file("operations.ts").matchAll(/^export const (\w+) =/gm)].map((match) => match[1]);
  expect(names.sort()).toEqual(ids.sort());
  expect(output.warnings).toEqual([]);
});

test("Stripe's facts are exactly the differences between the document and the profile", () => {
  expect(file("facts.ts").slice(file("facts.ts").indexOf("export"))).toBe(`export const facts = {
  version: "2024-04-10",
  operations: {
    "GET /v1/quotes/{quote}/pdf": { server: "https://files.stripe.com", accept: "application/pdf", response: "any" },
    "POST /v1/files": { server: "https://files.stripe.com", body: "multipart" },
  },
  pages: {
    "/v1/charges/search": { style: 1 },
    "/v1/customers/search": { style: 1 },
    "/v1/invoices/search": { style: 1 },
    "/v1/payment_intents/search": { style: 1 },
    "/v1/prices/search": { style: 1 },
    "/v1/products/search": { style: 1 },
    "/v1/subscriptions/search": { style: 1 },
  },
} as const satisfies ProviderFacts;
`);
});

test("Stripe's client has every list, and not the empty form that the document declares for each GET", () => {
  const paths = file("paths.ts");
  expect(paths.match(/^ {4}item: /gm)).toHaveLength(122);
  const gets = paths.slice(paths.indexOf("StripeGetPaths"), paths.indexOf("StripePostPaths"));
  expect(gets.match(/^ {4}args: /gm)?.length).toBeGreaterThan(200);
  expect(gets).not.toContain("body");
});

test(
  "Stripe's document gives the same bytes again, and the same surface with its keys reversed",
  async () => {
    const reverse = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reverse);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, one]) => [key, reverse(one)]),
      );
    };
    const again = await generate({ provider: "stripe", documents: [document], profile });
    expect([...again.files].every(([name, text]) => text === file(name))).toBe(true);
    expect(again.surface).toBe(output.surface);
    const json = reverse(document.json) as Record<string, unknown>;
    expect((await generate({ provider: "stripe", documents: [{ ...document, json }], profile })).surface).toBe(
      output.surface,
    );
  },
  minute,
);

test.each([
  ["5.6", ts56 as unknown as typeof ts, false],
  ["5.9", ts, true],
] as const)(
  "Stripe's client compiles on TypeScript %s, with a program that uses it",
  (version, compiler, exactOptionalPropertyTypes) => {
    expect(compiler.version).toMatch(new RegExp(`^${version}\\.`));
    const lib = ["lib.es2022.d.ts", "lib.dom.d.ts"];
    const compilerOptions = { exactOptionalPropertyTypes, lib };
    expect(findTypeErrors(withProgram(), { compiler, compilerOptions })).toEqual([]);
  },
  minute,
);

test(
  "Stripe's client and its declarations compile on TypeScript 7, and four calls take fewer than 1,500 instantiations",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "connectry-stripe-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const core = join("node_modules", "@connectry", "core");
    await writeFiles(folder, {
      ...Object.fromEntries([...output.files].map(([name, text]) => [join("src", name), text])),
      "package.json": '{ "type": "module" }',
      ...Object.fromEntries(Object.entries(CORE_FILES).map(([name, text]) => [join(core, name), text])),
      [join("dist", "client.ts")]: TYPE_CLIENT,
      [join("dist", "program.ts")]: program.slice(0, program.indexOf("export async function more")),
    });
    const sources = [...output.files.keys()].map((name) => join("src", name));
    expect(await typescript7(folder, "--version")).toContain("Version 7.");
    expect(await typescript7(folder, "--declaration", "--rootDir", "src", "--outDir", "dist", ...sources)).toBe("");
    expect(await typescript7(folder, "--noEmit", join("dist", "program.ts"))).toBe("");

    const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022 };
    const nodeNext = { module: ts.ModuleKind.NodeNext, lib: ["lib.es2022.d.ts", "lib.dom.d.ts"] };
    const compiled = ts.createProgram([join(folder, "dist", "program.ts")], { ...options, ...nodeNext });
    expect(ts.getPreEmitDiagnostics(compiled)).toEqual([]);
    expect(compiled.getInstantiationCount()).toBeLessThan(1_500);
    // The count would be near zero if the program had not been checked.
    expect(compiled.getInstantiationCount()).toBeGreaterThan(100);
  },
  2 * minute,
);

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

/** The output of the repository's own compiler. */
async function typescript7(folder: string, ...files: string[]): Promise<string> {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = ["--ignoreConfig", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom"];
  const run = promisify(execFile)(process.execPath, [compiler, ...options, ...files], { cwd: folder });
  // The compiler prints errors to stdout, and exits with an error code.
  const { stdout, code = 0 } = (await run.catch((error: { stdout: string; code: number }) => error)) as {
    stdout: string;
    code?: number;
  };
  return code === 0 ? stdout : `${stdout}\nexit ${code}`;
}
