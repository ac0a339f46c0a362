/** What an element contains. */
export type Content = Node | string | undefined;

/** Creates an element. Contents are texts or elements, never markup, so that no name of a provider becomes code. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...contents: readonly Content[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value);
  created.append(...contents.filter((content) => content !== undefined));
  return created;
}

/** A number with its name. */
export function figure(name: string, field: string, value: string): HTMLElement {
  return element("div", {}, element("dt", {}, name), element("dd", { "data-field": field }, value));
}

/** A table with a caption; undefined where it has no rows. */
export function table(caption: string, columns: readonly string[], rows: readonly (readonly Content[])[]): Content {
  if (rows.length === 0) return undefined;
  const head = element("tr", {}, ...columns.map((column) => element("th", { scope: "col" }, column)));
  const body = rows.map(([first, ...cells]) =>
    element("tr", {}, element("th", { scope: "row" }, first), ...cells.map((cell) => element("td", {}, cell))),
  );
  const own = element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, head),
    element("tbody", {}, ...body),
  );
  // Wide tables scroll by themselves, also by keyboard.
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, own);
}

/** A part of a whole, with its text beside it. */
export function meter(share: number, text: string): HTMLElement {
  const level = share >= 0.9 ? "high" : share >= 0.7 ? "medium" : "low";
  const bar = element("meter", {
    min: "0",
    max: "1",
    value: String(Math.min(1, share)),
    "data-level": level,
    "aria-label": text,
  });
  return element("span", { class: "meter" }, bar, ` ${text}`);
}
