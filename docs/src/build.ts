// Builds the site into docs/dist: pages as HTML, one style, one script, and the index that the search loads.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { readConnectors } from "../../scripts/connectors.ts";
import { leftOutConnectors } from "../../scripts/left-out.ts";
import { type Group, groups } from "./contents.ts";
import { placeImages } from "./images.ts";
import { expand } from "./include.ts";
import { layout } from "./layout.ts";
import { createLinks } from "./links.ts";
import { createMarkdown } from "./markdown.ts";
import { namedRows } from "./named-rows.ts";
import { connectorPage, type OperationsPage, operationPages } from "./reference/connector-pages.ts";
import { type BuiltConnector, readShownOperations } from "./reference/operations.ts";
import { optionsPage, readOptions } from "./reference/options.ts";
import { readSchemes, schemesTable } from "./reference/webhooks.ts";
import { root } from "./repository.ts";

const docs = join(root, "docs");
const out = join(docs, "dist");

/** The pages whose tables the search finds by the name in the first cell. */
const tablesOfNames = new Set(["options", "errors", "webhooks"]);

/** What the build wrote. */
export interface Built {
  readonly out: string;
  readonly pages: number;
  readonly operations: number;
}

/** Builds the site from what is built already: packages, and documents that were pulled. */
export async function buildSite(): Promise<Built> {
  const connectors = await loadConnectors();
  const operations = await Promise.all(
    connectors.map(async (connector) => operationPages(connector, await readShownOperations(connector))),
  );
  const markdowns = await readMarkdown(connectors, operations);
  const htmlPages = operations.flat();
  const resolve = createLinks(markdowns, new Set(htmlPages.map(({ path }) => path)));
  const render = await createMarkdown(resolve, placeImages(out));
  const navigation: Group[] = [
    ...groups,
    {
      title: "Connectors",
      entries: connectors.map(({ id, profile }) => ({ path: `connectors/${id}`, title: profile.name })),
    },
  ];

  rmSync(out, { recursive: true, force: true });
  const index: (readonly [string, string, string, string])[] = [];
  for (const [path, markdown] of markdowns) {
    const expanded = expand(markdown);
    const { html, sections } = render(expanded, path);
    for (const row of tablesOfNames.has(path) ? namedRows(expanded) : [])
      index.push([`${path}.html#${row.anchor}`, row.name, row.heading, row.text.slice(0, 300)]);
    const title = sections[0]?.heading ?? path;
    const outline = sections.slice(1).filter(({ heading }) => heading !== "");
    write(`${path}.html`, layout({ path, title, html, outline }, navigation));
    for (const [place, { anchor, heading, text }] of sections.entries())
      index.push([
        place === 0 ? `${path}.html` : `${path}.html#${anchor}`,
        heading,
        place === 0 ? "page" : title,
        text.slice(0, 1_000),
      ]);
  }
  for (const { path, title, html, operations: shown } of htmlPages) {
    write(`${path}.html`, layout({ path, title, html }, navigation));
    for (const { name, method, path: called, text } of shown)
      index.push([`${path}.html#${name}`, `${method} ${called}`, `${title} ${name}`, text.slice(0, 120)]);
  }
  write("search.json", JSON.stringify(index));
  await writeAssets();
  return {
    out,
    pages: markdowns.size + htmlPages.length,
    operations: htmlPages.flatMap((page) => page.operations).length,
  };
}

/** The connectors whose documents are at hand, as they are built. */
async function loadConnectors(): Promise<BuiltConnector[]> {
  const leftOut = leftOutConnectors(root);
  const present = readConnectors(root).filter(({ id }) => !leftOut.includes(id));
  return Promise.all(
    present.map(async ({ id, folder, reference }) => {
      const { profile, facts } = await import(pathToFileURL(join(root, folder, "dist/index.js")).href);
      return { id, folder, reference, profile, facts };
    }),
  );
}

/** The Markdown of all pages, by path. */
async function readMarkdown(
  connectors: readonly BuiltConnector[],
  operations: readonly (readonly OperationsPage[])[],
): Promise<ReadonlyMap<string, string>> {
  const generated: Readonly<Record<string, string>> = {
    options: optionsPage(readOptions()),
    "webhook-schemes": schemesTable(await readSchemes()),
  };
  const paths = ["index", ...groups.flatMap(({ entries }) => entries.map(({ path }) => path))];
  const pages = new Map(
    paths.map((path) => {
      const file = join(docs, "pages", `${path}.md`);
      const text = existsSync(file) ? readFileSync(file, "utf8") : generated[path];
      if (text === undefined) throw new Error(`${file} is missing`);
      return [path, text.replace(/^<!-- generated (\S+) -->$/gm, (_, name: string) => generated[name] ?? "")];
    }),
  );
  for (const [at, connector] of connectors.entries())
    pages.set(`connectors/${connector.id}`, connectorPage(connector, operations[at] ?? []));
  const orphans = globSync("**/*.md", { cwd: join(docs, "pages") }).filter(
    (file) => !pages.has(file.replace(/\.md$/, "")),
  );
  if (orphans.length > 0) throw new Error(`No entry of the contents for ${orphans.join(", ")}`);
  return pages;
}

async function writeAssets(): Promise<void> {
  write("site.css", readFileSync(join(docs, "client/site.css"), "utf8"));
  const bundle = await rolldown({ input: join(docs, "client/main.ts"), platform: "browser" });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  write("site.js", output[0].code);
}

function write(name: string, text: string): void {
  const file = join(out, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
