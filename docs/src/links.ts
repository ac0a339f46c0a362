// Where links lead: to a page of the site where it has the section, otherwise to the file in the repository.
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { includedSections, readSection } from "./include.ts";
import { repositoryUrl, root } from "./repository.ts";
import { slug } from "./slug.ts";

/** Resolves the target of a link on a page. */
export type ResolveLink = (target: string, page: string) => string;

/** The anchors below a section, which are on the same page. */
function anchorsIn(markdown: string): string[] {
  return [...markdown.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    slug(heading),
  );
}

/** Knows which page has which section of which file; `pages` are the Markdown texts by path. */
export function createLinks(pages: ReadonlyMap<string, string>, generated: ReadonlySet<string>): ResolveLink {
  const places = new Map<string, string>();
  for (const [page, markdown] of pages) {
    for (const section of includedSections(markdown)) {
      const [file = "", anchor] = section.split("#");
      places.set(anchor === undefined ? file : section, page);
      for (const inner of anchorsIn(readSection(file, anchor))) places.set(`${file}#${inner}`, `${page}#${inner}`);
    }
  }
  for (const page of pages.keys())
    if (page.startsWith("connectors/") && !generated.has(page)) {
      places.set(`packages/${page}`, page);
      places.set(`packages/${page}/README.md`, page);
    }
  return (target, page) => {
    if (/^(https?:|mailto:|#)/.test(target)) {
      const own = `${repositoryUrl}#`;
      return target.startsWith(own)
        ? (relativeTo(page, places.get(`README.md#${target.slice(own.length)}`)) ?? target)
        : target;
    }
    const [path = "", anchor] = absoluteTarget(target, page).split("#");
    const found = places.get(anchor === undefined ? path : `${path}#${anchor}`);
    if (found !== undefined) return relativeTo(page, found) ?? found;
    if (pages.has(path) || generated.has(path))
      return relativeTo(page, anchor === undefined ? path : `${path}#${anchor}`) ?? path;
    const file = existsSync(join(root, path)) ? path : `${path}/README.md`;
    if (!existsSync(join(root, file)))
      throw new Error(`${page} links to ${target}, which is neither a page nor a file`);
    return `${repositoryUrl}/blob/main/${path}${anchor === undefined ? "" : `#${anchor}`}`;
  };
}

const absoluteTarget = (target: string, page: string) =>
  target.startsWith("/") ? target.slice(1) : posix.join(posix.dirname(page), target);

/** A link between two pages, which works from a file, too. */
export function relativeTo(page: string, target: string | undefined): string | undefined {
  if (target === undefined) return undefined;
  const [path = "", anchor] = target.split("#");
  const file = posix.relative(posix.dirname(page), `${path}.html`);
  return anchor === undefined ? file : `${file}#${anchor}`;
}
