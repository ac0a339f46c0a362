import MarkdownIt from "markdown-it";
import { createHighlighter } from "shiki";
import type { PlaceImage } from "./images.ts";
import type { ResolveLink } from "./links.ts";
import { slug } from "./slug.ts";
import { fixColumns } from "./table-columns.ts";

/** A rendered page, and its headings with the text below each, which the search reads. */
export interface Rendered {
  readonly html: string;
  readonly sections: readonly { readonly anchor: string; readonly heading: string; readonly text: string }[];
}

/** Renders Markdown; `page` is the path that its links are relative to. */
export type RenderMarkdown = (markdown: string, page: string) => Rendered;

const languages = ["ts", "sh", "json", "yaml", "html", "text", "graphql", "tsx"];

/** HTML in Markdown is shown as text, but for what our own files have. */
export async function createMarkdown(resolve: ResolveLink, place: PlaceImage): Promise<RenderMarkdown> {
  // Of high contrast, so that comments, too, are readable.
  const themes = { light: "github-light-high-contrast", dark: "github-dark-high-contrast" };
  const highlighter = await createHighlighter({ themes: Object.values(themes), langs: languages });
  const highlight = (code: string, language: string) =>
    highlighter
      .codeToHtml(code.trimEnd(), {
        lang: languages.includes(language) ? language : "text",
        themes,
        defaultColor: false,
      })
      .replace("<pre ", '<pre tabindex="0" ');
  const markdown = new MarkdownIt({ html: true, highlight });
  const { rules } = markdown.renderer;
  rules.table_open = (tokens, index, options) =>
    `<div class="table" tabindex="0" role="region" aria-label="table">${markdown.renderer.renderToken(tokens, index, options)}`;
  rules.table_close = () => "</table></div>\n";
  return (source, page) => {
    const tokens = markdown.parse(source.replace(/<!--[\s\S]*?-->/g, ""), {});
    const sections: { anchor: string; heading: string; text: string }[] = [];
    const used = new Map<string, number>();
    for (const [index, token] of tokens.entries()) {
      if (token.type === "table_open") fixColumns(tokens, index);
      const inline = tokens[index + 1];
      if (token.type === "heading_open" && inline !== undefined) {
        const base = slug(inline.content);
        const count = used.get(base) ?? 0;
        used.set(base, count + 1);
        const anchor = count === 0 ? base : `${base}-${count}`;
        token.attrSet("id", anchor);
        sections.push({ anchor, heading: plain(inline.content), text: "" });
      }
      const last = sections.at(-1);
      if (token.type === "inline" && last !== undefined && tokens[index - 1]?.type !== "heading_open")
        last.text += `${plain(token.content)} `;
      for (const child of token.children ?? []) {
        if (child.type === "link_open") child.attrSet("href", resolve(String(child.attrGet("href")), page));
        if (child.type === "image") place(child, page);
      }
    }
    return { html: markdown.renderer.render(tokens, markdown.options, {}), sections };
  };
}

const plain = (text: string) => text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");

/** Text as HTML has it. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
