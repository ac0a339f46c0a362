import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { responseProblems } from "../../packages/testing/src/responses/vendor-responses.ts";
import { pascalCase, readConnectors } from "../connectors.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const listed = readConnectors(root);
const connectors = listed.map(({ id }) => id);
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

const files = [
  "README.md",
  "connector.json",
  "package.json",
  "src/contract.test.ts",
  "src/index.ts",
  "src/profile.ts",
  "src/responses.test.ts",
  "test/responses.json",
  "tsconfig.build.json",
  "tsconfig.json",
  "tsconfig.test.json",
  "turbo.json",
];
// Not every provider has webhooks; they are separate from its client.
const hasWebhooks = (id: string) => existsSync(join(root, "packages/connectors", id, "src/webhooks.ts"));
// So are the facts of OAuth, and not every provider has it.
const hasOauth = (id: string) => existsSync(join(root, "packages/connectors", id, "src/oauth.ts"));
const sections = ["First call", "Permissions", "OAuth", "What is particular to", "Webhooks", "The document", "Errors"];

const without = (object: object, key: string) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));

/** The names that a connector's index exports, with its own name replaced. */
function exportedNames(id: string): string[] {
  const own = pascalCase(id);
  return (
    [
      ...read("packages/connectors", id, "src/index.ts").matchAll(
        /export (?:type )?\{([^}]+)\}|export (?:function|type) (\w+)/g,
      ),
    ]
      .flatMap(([, list, single]) => list?.split(",") ?? [single ?? ""])
      // One set of component types for each document.
      .map((name) =>
        name
          .trim()
          .replace(own, "*")
          .replace(/^components as \w+$/, "components"),
      )
      // Of a connector that takes envelopes off where asked to.
      .filter((name, index, all) => !["", "Unwrapped*"].includes(name) && all.indexOf(name) === index)
      .sort()
  );
}

describe.each(listed)("$id", ({ id, ownEntries = {} }) => {
  test("has the files that every connector has", () => {
    expect(files.filter((file) => !existsSync(join(root, "packages/connectors", id, file)))).toEqual([]);
    expect(existsSync(join(root, "specs", id, "spec.yaml"))).toBe(true);
    expect(existsSync(join(root, "specs", id, "surface.txt"))).toBe(true);
  });

  test("exports what every connector exports", () => {
    expect(exportedNames(id)).toEqual(exportedNames("stripe"));
  });

  test("is packaged as every connector is", () => {
    const manifest = JSON.parse(read("packages/connectors", id, "package.json"));
    const stripe = JSON.parse(read("packages/connectors/stripe/package.json"));
    const {
      name,
      scripts,
      main,
      types,
      exports,
      typesVersions,
      files,
      dependencies,
      engines,
      sideEffects,
      publishConfig,
    } = manifest;
    expect(name).toBe(`@connectry/${id}`);
    expect(scripts).toEqual(JSON.parse(JSON.stringify(stripe.scripts).replaceAll("stripe", id)));
    const oauth = {
      "./oauth": {
        require: { types: "./dist/oauth.d.cts", default: "./dist/oauth.cjs" },
        types: "./dist/oauth.d.ts",
        default: "./dist/oauth.js",
      },
    };
    const own = Object.entries(ownEntries).map(([entry, kind]) => {
      const files = (extension: string) => ({ types: `./dist/${entry}.d.${extension === "cjs" ? "cts" : "ts"}` });
      const code = (extension: string) => (kind === "types" ? {} : { default: `./dist/${entry}.${extension}` });
      return [`./${entry}`, { require: { ...files("cjs"), ...code("cjs") }, ...files("js"), ...code("js") }];
    });
    expect({ main, types, exports, typesVersions, files, dependencies, engines, sideEffects, publishConfig }).toEqual({
      main: stripe.main,
      types: stripe.types,
      exports: {
        ...(hasWebhooks(id) ? stripe.exports : without(stripe.exports, "./webhooks")),
        ...(hasOauth(id) && oauth),
        ...Object.fromEntries(own),
      },
      typesVersions: stripe.typesVersions,
      files: stripe.files,
      dependencies: stripe.dependencies,
      engines: stripe.engines,
      sideEffects: stripe.sideEffects,
      publishConfig: stripe.publishConfig,
    });
  });

  test("has a README with the sections that every connector's has", () => {
    const headings = [...read("packages/connectors", id, "README.md").matchAll(/^## (.+)$/gm)].map(
      ([, text]) => text ?? "",
    );
    const wanted = sections.filter(
      (section) => (section !== "Webhooks" || hasWebhooks(id)) && (section !== "OAuth" || hasOauth(id)),
    );
    expect(headings).toHaveLength(wanted.length);
    for (const [index, section] of wanted.entries()) expect(headings[index]).toMatch(new RegExp(`^${section}`));
  });

  test("has a README that says where the types of its schemas are", () => {
    expect(read("packages/connectors", id, "README.md")).toContain(`@connectry/${id}/types`);
  });

  test("has about 100 lines of handwritten code, only facts, without a branch", () => {
    const code = ["src/index.ts", "src/profile.ts"].map((file) => read("packages/connectors", id, file)).join("");
    expect(code.split("\n").length).toBeLessThanOrEqual(112);
    expect(code).not.toMatch(/\bif\s*\(/);
  });
});

describe.each(connectors)("the responses of the vendor of %s", (id) => {
  test("are complete, each with its source or with what was not confirmed", () => {
    expect(responseProblems(JSON.parse(read("packages/connectors", id, "test/responses.json")))).toEqual([]);
  });

  test("are tested without the fake, which is made from the same document and profile", () => {
    const code = read("packages/connectors", id, "src/responses.test.ts");
    const imported = [...code.matchAll(/ from "([^"]+)"/g)].map(([, name]) => name);
    const allowed = ["node:fs/promises", "@connectry/testing/responses", "vitest", "./index.js", "./webhooks.js"];
    expect(imported.filter((name) => !allowed.includes(name ?? ""))).toEqual([]);
    expect(code).toContain("expect(responseProblems(responses)).toEqual([])");
    expect(read("packages/connectors", id, "src/contract.test.ts")).toContain("responses");
  });
});

describe.each(connectors.filter(hasOauth))("the OAuth facts of %s", (id) => {
  const code = read("packages/connectors", id, "src/oauth.ts");

  test("are data, separate from the client, whose profile says that it has accounts", () => {
    const own = pascalCase(id).replace(/^./, (letter) => letter.toLowerCase());
    expect(code).toMatch(new RegExp(`^export const ${own}Oauth = \\{$`, "m"));
    expect(code).not.toMatch(/=>|function|\bif\s*\(|from "\.\//);
    expect(
      read("packages/connectors", id, "src/index.ts") + read("packages/connectors", id, "src/profile.ts"),
    ).not.toContain("Oauth");
    expect(read("packages/connectors", id, "src/profile.ts")).toMatch(/accounts: (true|"bearer")/);
  });

  test("each have their page and the day on which it was read", () => {
    const names = [...code.matchAll(/facts: \[([^\]]+)\]/g)].flatMap(([, list = ""]) => list.match(/[\w.]+/g) ?? []);
    const roots = new Set(names.map((name) => name.split(".")[0]));
    const own = [...code.matchAll(/^ {2}(\w+):/gm)].map(([, name = ""]) => name);
    // Where "unknown" is the fact, no page says it.
    const needed = own.filter((name) => !/^(id|name|sources)$/.test(name) && !code.includes(`${name}: "unknown"`));
    expect(needed.filter((name) => !roots.has(name))).toEqual([]);
    expect([...roots].filter((name) => name === undefined || !own.includes(name))).toEqual([]);
    for (const [, page = "", day = ""] of code.matchAll(/page: "([^"]+)",\s+readOn: "([^"]+)"/g)) {
      expect(page).toMatch(/^https:/);
      expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
});

describe.each(connectors.filter(hasWebhooks))("the webhooks of %s", (id) => {
  test("are a scheme and types, separate from the client, with a test", () => {
    const code = read("packages/connectors", id, "src/webhooks.ts");
    expect(code).toMatch(/^export const webhooks: Webhooks<\w+Events> = createWebhooks\(/m);
    expect(code).toMatch(/^export \* from "@connectry\/core\/connector-webhooks";$/m);
    expect(code).not.toMatch(/\bif\s*\(|from "\.\/(index|profile)\.js"/);
    expect(code.split("\n").length).toBeLessThanOrEqual(60);
    const client = read("packages/connectors", id, "src/index.ts") + read("packages/connectors", id, "src/profile.ts");
    expect(client).not.toContain("webhooks");
    expect(existsSync(join(root, "packages/connectors", id, "src/webhooks.test.ts"))).toBe(true);
  });
});
