import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const codegen = createRequire(new URL("../../packages/codegen/package.json", import.meta.url));
const compilers = {
  "TypeScript 5.6": codegen.resolve("typescript-5.6/bin/tsc"),
  "TypeScript 5.9": codegen.resolve("typescript/bin/tsc"),
  "TypeScript 7": join(root, "node_modules/typescript/bin/tsc"),
};

// One letter is missing from, or wrong in, a path of each provider's document.
const program = `
import { createGithub } from "@connectry/github";
import { createHubspot } from "@connectry/hubspot";
import { createSlack } from "@connectry/slack";
import { createStripe } from "@connectry/stripe";
import { createTwilio } from "@connectry/twilio";
createStripe().GET("/v1/custmers");
createStripe().POST("/v1/payment_intent", { body: { amount: 1_000, currency: "usd" } });
createStripe().paginate("/v1/chargs");
createStripe().safe.GET("/v1/balanse");
createStripe().stream.GET("/v1/quotes/{quote}/pfd", { params: { path: { quote: "qt_1" } } });
createGithub().GET("/repo/{owner}/{repo}", { params: { path: { owner: "octocat", repo: "hello-world" } } });
createHubspot().safe.POST("/crm/v3/objects/contact/search", { body: {} });
createSlack().POST("/chat.postMesage", { body: { channel: "C1" } });
createTwilio().GET("/2010-04-01/Accounts/{AccountSid}/Message.json");
`;
const nearest = [
  "/v1/customers",
  "/v1/payment_intents",
  "/v1/charges",
  "/v1/balance",
  "/v1/quotes/{quote}/pdf",
  "/repos/{owner}/{repo}",
  "/crm/v3/objects/contacts/search",
  "/chat.postMessage",
  "/2010-04-01/Accounts/{AccountSid}/Messages.json",
];

const folder = join(root, "examples/wrong-paths");
const compilerOptions = { noEmit: true, strict: true, target: "es2022", module: "nodenext", skipLibCheck: true };
const tsconfig = { compilerOptions: { ...compilerOptions, types: ["node"] } };

beforeAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "program.ts"), program);
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(Object.entries(compilers))(
  "%s suggests the nearest path for a wrong one, and reports nothing else",
  async (_, tsc) => {
    const { stdout } = await run(process.execPath, [tsc, "-p", folder], { cwd: folder }).catch((error) => error);
    const suggested = [...stdout.matchAll(/Did you mean '"(.+?)"'\?/g)].map((match) => match[1]);
    expect(suggested).toEqual(nearest);
    expect(stdout.match(/error TS/g)).toHaveLength(nearest.length);
  },
);
