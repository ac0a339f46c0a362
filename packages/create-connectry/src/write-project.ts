import type { Catalog, Provider } from "./catalog.js";
import { type FrameworkName, frameworks, writeServer } from "./frameworks.js";
import { clientVariables, writeExample, writeExampleTest } from "./write-example.js";
import { writeReadme } from "./write-readme.js";
import { hasWebhook, writeWebhook, writeWebhookTest } from "./write-webhook.js";
import { writeWorkflow } from "./write-workflow.js";

/** What is asked. */
export interface ProjectOptions {
  /** The name in package.json. */
  readonly name: string;
  readonly providers: readonly Provider[];
  readonly framework: FrameworkName;
}

const compilerOptions = {
  target: "es2023",
  module: "nodenext",
  types: ["node"],
  strict: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  noEmit: true,
};

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

function writeManifest({ name, providers, framework }: ProjectOptions, { versions }: Catalog): string {
  const { dependencies, devDependencies } = frameworks[framework];
  const jose = providers.some(({ webhook }) => webhook?.fetchesKeys) ? ["jose"] : [];
  const pinned = (names: readonly string[]) => names.map((one) => [one, versions[one]] as const);
  // Ours are of one release; npm replaces the word by the version that it installs.
  const newest = (names: readonly string[]) => names.map((one) => [one, "latest"] as const);
  const sorted = (entries: readonly (readonly [string, string | undefined])[]) =>
    Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
  return json({
    name,
    version: "0.0.0",
    private: true,
    type: "module",
    engines: { node: ">=20.19" },
    scripts: {
      start: "node --env-file=.env --import tsx src/main.ts",
      check: "tsc",
      test: "node --import tsx --test src/*.test.ts",
      update: `connectry update ${providers.map(({ packageName }) => packageName).join(" ")} --usage "src/**/*.ts"`,
    },
    dependencies: sorted([
      ...newest(providers.map(({ packageName }) => packageName)),
      ...pinned([...dependencies, ...jose]),
    ]),
    devDependencies: sorted([
      ...newest(["@connectry/testing", "connectry"]),
      ...pinned(["@types/node", "tsx", "typescript", ...devDependencies]),
    ]),
  });
}

const main = `${'import { start } from "./server.js";'}

const server = await start(Number(process.env.PORT ?? 3000));
console.log("Webhooks are received at", server.address());
`;

function writeEnv(providers: readonly Provider[]): string {
  const parts = providers.map((provider) => {
    const names = new Set([...clientVariables(provider), ...(provider.webhook ? [provider.webhook.env] : [])]);
    return `# ${provider.name}\n${[...names].map((name) => `${name}=\n`).join("")}`;
  });
  return `${parts.join("\n")}\n# Where the server listens\nPORT=3000\n`;
}

/** The files of a project, by their paths. */
export function writeProject(options: ProjectOptions, catalog: Catalog): ReadonlyMap<string, string> {
  const { providers, framework } = options;
  const receiving = providers.filter(hasWebhook);
  return new Map([
    ["package.json", writeManifest(options, catalog)],
    ["tsconfig.json", json({ compilerOptions, include: ["src"] })],
    [".gitignore", "node_modules/\n.env\n"],
    [".env.example", writeEnv(providers)],
    ["README.md", writeReadme(options)],
    [".github/workflows/update-providers.yml", writeWorkflow(options, catalog)],
    ["src/main.ts", main],
    ["src/server.ts", writeServer(framework, receiving)],
    ...providers.flatMap((provider): [string, string][] => [
      [`src/${provider.id}.ts`, writeExample(provider)],
      [`src/${provider.id}.test.ts`, writeExampleTest(provider)],
    ]),
    ...receiving.flatMap((provider): [string, string][] => [
      [`src/${provider.id}-webhook.ts`, writeWebhook(provider)],
      [`src/${provider.id}-webhook.test.ts`, writeWebhookTest(provider)],
    ]),
  ]);
}
