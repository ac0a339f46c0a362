import { posix } from "node:path";
import type { Group } from "./contents.ts";
import { relativeTo } from "./links.ts";
import { escapeHtml } from "./markdown.ts";

/** What a page shows around its text. */
export interface Page {
  readonly path: string;
  readonly title: string;
  readonly html: string;
  readonly outline?: readonly { readonly anchor: string; readonly heading: string }[];
}

/** A page as an HTML document. The theme is chosen before the first paint, so that nothing flashes. */
export function layout({ path, title, html, outline = [] }: Page, groups: readonly Group[]): string {
  const base = posix.relative(posix.dirname(path), ".") || ".";
  const link = (entry: { path: string; title: string }) =>
    `<li><a href="${relativeTo(path, entry.path)}"${entry.path === path ? ' aria-current="page"' : ""}>${escapeHtml(entry.title)}</a></li>`;
  const navigation = groups
    .map(
      ({ title: heading, entries }) =>
        `<details${entries.some((one) => one.path === path || path.startsWith(`${one.path}/`)) || heading === "Start" ? " open" : ""}><summary>${escapeHtml(heading)}</summary><ul>${entries.map(link).join("")}</ul></details>`,
    )
    .join("\n");
  const contents = outline
    .map(({ anchor, heading }) => `<li><a href="#${anchor}">${escapeHtml(heading)}</a></li>`)
    .join("");
  return `<!doctype html>
<html lang="en" data-base="${base}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} - Connectry</title>
<link rel="stylesheet" href="${base}/site.css">
<link rel="icon" href="data:,">
<script>document.documentElement.dataset.theme=(()=>{try{return localStorage.theme}catch{}})()??(matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light")</script>
<script type="module" src="${base}/site.js"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header>
<a class="name" href="${base}/index.html">Connectry</a>
<button type="button" id="search-button" aria-haspopup="dialog">Search <kbd>/</kbd></button>
<button type="button" id="theme-button" aria-label="Switch between light and dark">&#9680;</button>
</header>
<div class="columns">
<details class="menu"><summary>Menu</summary></details>
<nav aria-label="Pages">${navigation}</nav>
<main id="main" tabindex="-1">
${html}
</main>
<aside>${contents === "" ? "" : `<nav aria-label="On this page"><p>On this page</p><ul>${contents}</ul></nav>`}</aside>
</div>
<dialog id="search" aria-label="Search">
<input type="text" id="query" aria-label="Search pages and operations" autocomplete="off" placeholder="Pages, options, operations ..." role="combobox" aria-expanded="true" aria-controls="results" aria-autocomplete="list">
<ul id="results" role="listbox" aria-label="Results"></ul>
<p id="found" role="status"></p>
</dialog>
</body>
</html>
`;
}
