// What pages do in the browser: the theme, the search, and the filter of operations. Without it all pages can be read.
import { startFilter } from "./filter.ts";
import { startSearch } from "./search.ts";

const html = document.documentElement;
document.querySelector("#theme-button")?.addEventListener("click", () => {
  html.dataset.theme = html.dataset.theme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("theme", html.dataset.theme);
  } catch {
    // Storage may be blocked: the theme then lasts as long as the page.
  }
});
startSearch(html.dataset.base ?? ".");
startFilter();
html.dataset.loaded = "";
