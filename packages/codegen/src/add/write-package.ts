/** The configuration files of a connector's package, by their path in it. */
export function writePackage(id: string, name: string): ReadonlyMap<string, string> {
  return new Map([
    ["package.json", `${JSON.stringify(manifest(id, name), undefined, 2)}\n`],
    ["connector.json", `${JSON.stringify(listing, undefined, 2)}\n`],
    ["turbo.json", turbo(id)],
    [
      "tsconfig.json",
      `{
  "extends": "../../../tsconfig.base.json",
  "compilerOptions": { "rootDir": "src" },
  "include": ["src"],
  "exclude": ["src/**/*.test.ts"]
}
`,
    ],
    [
      "tsconfig.build.json",
      `{
  "extends": "./tsconfig.json",
  "compilerOptions": { "outDir": "dist" },
  "exclude": ["src/**/*.test.ts", "src/**/*.test-d.ts"]
}
`,
    ],
    [
      "tsconfig.test.json",
      `{
  "extends": "../../../tsconfig.base.json",
  "compilerOptions": { "noEmit": true, "types": ["node"] },
  "include": ["src"]
}
`,
    ],
  ]);
}

/** What the list of connectors says of it, which no document does. */
const listing = {
  category: "TODO: the heading of the README's table under which it is",
  covers: "TODO: which part of the provider's API its documents cover",
  reference: "TODO: the address of the vendor's reference",
  mostKilobytes: { tarball: 0, unpacked: 0 },
};

function manifest(id: string, name: string): object {
  return {
    name: `@connectry/${id}`,
    version: "0.0.0",
    description: `A typed client for the API of ${name}, with retry, deadlines and pagination built in.`,
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: ">=20.19" },
    homepage: `https://github.com/connectry/connectry/tree/main/packages/connectors/${id}#readme`,
    bugs: { url: "https://github.com/connectry/connectry/issues" },
    repository: {
      type: "git",
      url: "git+https://github.com/connectry/connectry.git",
      directory: `packages/connectors/${id}`,
    },
    keywords: [id, "api", "client", "openapi", "typescript"],
    main: "./dist/index.cjs",
    types: "./dist/index.d.cts",
    exports: {
      ".": bothFormats("index"),
      "./operations": bothFormats("generated/operations"),
      "./by-path": bothFormats("generated/by-path"),
      "./schema": typesOnly("generated/schema"),
      "./types": typesOnly("generated/types"),
      "./spec/*": "./spec/*",
      "./package.json": "./package.json",
    },
    // For TypeScript where it resolves as Node 10 did, without `exports`.
    typesVersions: { "*": { "*": ["./dist/generated/*.d.cts", "./dist/*.d.cts", "./*"] } },
    files: ["dist", "spec"],
    publishConfig: { access: "public" },
    scripts: {
      generate: `connectry generate ${id}`,
      build:
        "node ../../../scripts/clean-dist.ts && tsc -p tsconfig.build.json --emitDeclarationOnly && node ../../../scripts/bundle-entries.ts && node ../../../scripts/copy-spec.ts",
      check: `tsc -p tsconfig.test.json && connectry check ${id}`,
      test: "node ../../../scripts/test-connector.ts",
    },
    dependencies: { "@connectry/core": "workspace:^" },
    devDependencies: { "@connectry/codegen": "workspace:^", "@connectry/testing": "workspace:^" },
  };
}

/** An entry that can be imported as an ES module and by `require()`. */
const bothFormats = (file: string) => ({
  require: { types: `./dist/${file}.d.cts`, default: `./dist/${file}.cjs` },
  types: `./dist/${file}.d.ts`,
  default: `./dist/${file}.js`,
});

const typesOnly = (file: string) => ({ require: { types: `./dist/${file}.d.cts` }, types: `./dist/${file}.d.ts` });

function turbo(id: string): string {
  return `{
  "extends": ["//"],
  "tasks": {
    "generate": {
      "dependsOn": ["@connectry/codegen#build"],
      "inputs": ["src/profile.ts", "$TURBO_ROOT$/specs/${id}/*.yaml", "$TURBO_ROOT$/specs/${id}/pulled.txt"],
      "outputs": ["src/generated/**"]
    },
    "build": {
      "dependsOn": ["^build", "generate"],
      "inputs": ["$TURBO_EXTENDS$", "$TURBO_ROOT$/specs/${id}/*.yaml", "$TURBO_ROOT$/scripts/*.ts"],
      "outputs": ["dist/**", "spec/**"]
    },
    "check": { "dependsOn": ["build"], "inputs": ["$TURBO_DEFAULT$", "$TURBO_ROOT$/specs/${id}/*"] },
    "test": { "inputs": ["$TURBO_EXTENDS$", "$TURBO_ROOT$/specs/${id}/*"] }
  }
}
`;
}
