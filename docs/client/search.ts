import MiniSearch from "minisearch";

/** A row of an index: the address, the title, where it is, and the text. */
type Row = readonly [address: string, title: string, where: string, text: string];

interface Found {
  readonly address: string;
  readonly title: string;
  readonly where: string;
}

const most = 20;

/** The dialog of the search: `/` or Ctrl+K opens it, the arrows choose, Enter goes there, Escape closes it. */
export function startSearch(base: string): void {
  const dialog = document.querySelector<HTMLDialogElement>("#search")!;
  const field = document.querySelector<HTMLInputElement>("#query")!;
  const list = document.querySelector<HTMLUListElement>("#results")!;
  const status = document.querySelector<HTMLParagraphElement>("#found")!;
  let index: Promise<MiniSearch> | undefined;
  let selected = 0;

  async function open(): Promise<void> {
    if (!dialog.open) dialog.showModal();
    field.select();
    index ??= loadIndex(base);
    await index.catch(() => {
      index = undefined;
      status.textContent = "The index could not be loaded.";
    });
    await show();
  }

  async function show(): Promise<void> {
    const loaded = await index;
    if (loaded === undefined) return;
    const found = exactFirst(loaded.search(field.value) as unknown as Found[], field.value);
    list.replaceChildren(...found.slice(0, most).map((one, at) => option(one, at)));
    status.textContent = field.value === "" ? "" : `${found.length} found`;
    select(0);
  }

  function select(at: number): void {
    const options = [...list.children];
    selected = Math.max(0, Math.min(at, options.length - 1));
    for (const [place, element] of options.entries()) element.setAttribute("aria-selected", String(place === selected));
    field.setAttribute("aria-activedescendant", options[selected]?.id ?? "");
    options[selected]?.scrollIntoView({ block: "nearest" });
  }

  document.querySelector("#search-button")?.addEventListener("click", () => void open());
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLInputElement;
    if ((event.key === "/" && !isTyping) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      void open();
    }
  });
  field.addEventListener("input", () => void show());
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      select(selected + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") go(list.children[selected]);
  });
  list.addEventListener("click", (event) => go((event.target as Element).closest("li")));

  function go(option: Element | null | undefined): void {
    if (!(option instanceof HTMLElement)) return;
    dialog.close();
    location.assign(`${base}/${option.dataset.address}`);
  }
}

/** What is named exactly as it was typed comes first. */
function exactFirst(found: readonly Found[], typed: string): Found[] {
  const isExact = ({ title }: Found) => title.toLowerCase() === typed.trim().toLowerCase();
  return [...found.filter(isExact), ...found.filter((one) => !isExact(one))];
}

async function loadIndex(base: string): Promise<MiniSearch> {
  const response = await fetch(`${base}/search.json`);
  if (!response.ok) throw new Error(`search.json: ${response.status}`);
  const rows = (await response.json()) as Row[];
  const index = new MiniSearch({
    fields: ["title", "where", "text"],
    storeFields: ["address", "title", "where"],
    searchOptions: { boost: { title: 4, where: 2 }, prefix: true, fuzzy: 0.15, combineWith: "AND" },
  });
  index.addAll(rows.map(([address, title, where, text], id) => ({ id, address, title, where, text })));
  return index;
}

function option({ address, title, where }: Found, at: number): HTMLLIElement {
  const item = document.createElement("li");
  item.id = `result-${at}`;
  item.setAttribute("role", "option");
  item.dataset.address = address;
  item.append(title);
  const place = document.createElement("small");
  place.textContent = where;
  item.append(place);
  return item;
}
