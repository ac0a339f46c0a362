import type { TelemetrySnapshot } from "@connectry/core/telemetry";
import { connectorSection, type Section } from "./connector-section.js";
import { element } from "./elements.js";
import { drawPlot } from "./plot.js";
import { webhookSection } from "./webhook-section.js";

const refreshMs = 5_000;

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const range = find<HTMLSelectElement>("range");
const theme = find<HTMLSelectElement>("theme");
const live = find<HTMLInputElement>("live");
const status = find("status");

let shown: readonly Section[] = [];
let snapshot: TelemetrySnapshot | undefined;

function draw(): void {
  for (const { plots } of shown) for (const { container, content } of plots) drawPlot(container, content);
}

/** Puts the focus back on what had it, because the tables are created anew. */
function keepFocus(change: () => void): void {
  const { activeElement } = document;
  const section = activeElement?.closest("section")?.id;
  const label = activeElement?.getAttribute("aria-label");
  change();
  if (!section || !label) return;
  const again = [...find(section).querySelectorAll<HTMLElement>("[aria-label]")];
  again.find((one) => one.getAttribute("aria-label") === label)?.focus({ preventScroll: true });
}

function show(next: TelemetrySnapshot): void {
  snapshot = next;
  const connectors = next.connectors.map((connector) => connectorSection(connector, next));
  const webhooks = next.webhooks.map((webhook) => webhookSection(webhook, next));
  shown = [...connectors, ...webhooks];
  const nothing = element("p", {}, "No call was made and no webhook was delivered yet.");
  keepFocus(() => {
    find("connectors").replaceChildren(
      ...(shown.length > 0 ? connectors.map((section) => section.element) : [nothing]),
    );
    find("webhooks").replaceChildren(...webhooks.map((section) => section.element));
    draw();
  });
}

/** Says something to screen readers, once. */
function say(text: string): void {
  if (status.textContent !== text) status.textContent = text;
}

async function load(): Promise<void> {
  try {
    // The address of the page itself, wherever it is mounted.
    const url = new URL(location.href);
    url.search = "";
    url.searchParams.set("data", "");
    if (range.value) url.searchParams.set("last", range.value);
    const response = await fetch(url, { cache: "no-store", credentials: "same-origin" });
    if (!response.ok) throw new Error(await response.text());
    show((await response.json()) as TelemetrySnapshot);
    say(live.checked ? "Up to date" : "Stopped");
    document.documentElement.dataset.loaded = "true";
  } catch (error) {
    say(`Not refreshed: ${(error as Error).message}`);
  }
}

function setTheme(): void {
  document.documentElement.dataset.theme = theme.value;
  if (snapshot) draw();
}

find("controls").addEventListener("submit", (event) => event.preventDefault());
range.addEventListener("change", load);
theme.addEventListener("change", setTheme);
live.addEventListener("change", load);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", setTheme);
let resized: ReturnType<typeof setTimeout> | undefined;
addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(draw, 100);
});
setInterval(() => {
  if (live.checked && !document.hidden) void load();
}, refreshMs);
void load();
