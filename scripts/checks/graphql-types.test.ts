import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const examples = join(root, "examples");
const tsc = createRequire(join(root, "packages/codegen/package.json")).resolve("typescript/bin/tsc");
const options = "--noEmit --strict --target es2022 --module nodenext --types node --skipLibCheck --extendedDiagnostics";

// The operations of a common task of each provider: a list, a mutation, fragments in files of their own.
const providers = {
  github: {
    files: {
      "list.graphql": `query Stars($login: String!, $after: String) {
  user(login: $login) { starredRepositories(first: 50, after: $after) { nodes { ...Repo } pageInfo { hasNextPage endCursor } } }
}`,
      "repo.graphql": "fragment Repo on Repository { id nameWithOwner url createdAt }",
      "write.graphql": `mutation AddStar($input: AddStarInput!) { addStar(input: $input) { starrable { stargazerCount } } }
query Viewer { viewer { login } }`,
    },
    program: `import { createGithub } from "@connectry/github";
import { graphqlMethods } from "@connectry/core/graphql";
import { AddStar, Stars, Viewer } from "./gql.js";
const github = graphqlMethods(createGithub());
for await (const repository of github.paginate(Stars, { login: "octocat" })) {
  const text: string | undefined = repository?.id;
  console.log(text, repository?.nameWithOwner.length, repository?.url.length, repository?.createdAt.slice(0, 10));
}
const { data } = await github.mutate(AddStar, { input: { starrableId: "R_1" } });
console.log(data.addStar?.starrable?.stargazerCount.toFixed());
`,
    mistakes: [
      "github.paginate(Viewer);",
      "github.paginate(AddStar, { input: { starrableId: '1' } });",
      "await github.query(Stars, { login: 1 });",
      "await github.query(Stars);",
      "await github.query(AddStar, { input: { starrableId: '1' } });",
      "await github.mutate(AddStar, { input: { starrableId: 1 } });",
      "console.log((await github.query(Viewer)).data.viewer.nme);",
    ],
  },
  shopify: {
    files: {
      "list.graphql": `query Products($first: Int!, $after: String) {
  products(first: $first, after: $after) { nodes { ...Product } pageInfo { hasNextPage endCursor } }
}`,
      "product.graphql":
        "fragment Product on Product { id title handle createdAt priceRangeV2 { minVariantPrice { amount } } }",
      "write.graphql": `mutation Refund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } }
}
query Shop { shop { name } }`,
    },
    program: `import { createShopify } from "@connectry/shopify";
import { Products, Refund, Shop } from "./gql.js";
const shopify = createShopify({ shop: "example" });
for await (const product of shopify.paginate(Products, { first: 50 })) {
  const amount: string = product.priceRangeV2.minVariantPrice.amount;
  console.log(product.title.length, product.createdAt.slice(0, 10), amount);
}
const { data } = await shopify.mutate(Refund, { input: { orderId: "gid://shopify/Order/1" } });
console.log(data.refundCreate?.refund?.id.length);
`,
    mistakes: [
      "shopify.paginate(Shop);",
      "await shopify.query(Products, { first: '50' });",
      "await shopify.query(Products);",
      "await shopify.query(Refund, { input: { orderId: '1' } });",
      "await shopify.mutate(Refund, { input: {} });",
      "await shopify.mutate(Refund, { input: { orderId: 1 } });",
      "console.log((await shopify.query(Shop)).data.shop.nme);",
      "createShopify({ shop: 1 });",
    ],
  },
};

describe.each(Object.entries(providers))(
  "the constants that `connectry graphql %s` writes",
  (name, { files, program, mistakes }) => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(examples, "graphql-types-"));
      await mkdir(join(folder, "node_modules/@connectry"), { recursive: true });
      await symlink(join(root, "packages/connectors", name), join(folder, "node_modules/@connectry", name));
      for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
      const connectry = join(root, "packages/codegen/bin/connectry.js");
      const args = [
        "graphql",
        join(root, "specs", name),
        `${basename(folder)}/*.graphql`,
        "--out",
        join(folder, "gql.ts"),
      ];
      await run(process.execPath, [connectry, ...args], { cwd: examples });
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const check = async (text: string) => {
      const file = join(folder, "program.ts");
      await writeFile(file, text);
      const { stdout } = await run(process.execPath, [tsc, ...options.split(" "), file], { cwd: examples });
      return Number(/^Instantiations:\s+(\d+)$/m.exec(stdout)?.[1]);
    };

    test("cost TypeScript 5.9 at most 400 instantiations, with the client and its calls", async () => {
      const count = await check(program);
      console.log(`${name}: ${count} instantiations`);
      expect(count).toBeLessThanOrEqual(400);
    });

    test("refuse mistakes, each of which is an error of its line", async () => {
      await expect(
        check(`${program}${mistakes.map((line) => `// @ts-expect-error\n${line}\n`).join("")}`),
      ).resolves.toBeGreaterThan(0);
    });
  },
);
