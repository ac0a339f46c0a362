import { globSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { launchChromium } from "../src/chromium.ts";
import { serveFolder } from "../src/serve.ts";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const files = globSync("**/*.html", { cwd: dist }).sort();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
let site: Awaited<ReturnType<typeof serveFolder>>;
/** The same pages as a phone gets them: in pieces, which are shown as they arrive. */
let slow: typeof site;

beforeAll(async () => {
  browser = await launchChromium();
  site = await serveFolder(dist);
  slow = await serveFolder(dist, { slowly: true });
});
afterAll(async () => {
  await browser?.close();
  for (const one of [site, slow]) {
    one?.server.closeAllConnections();
    one?.server.close();
  }
});

async function open(
  path: string,
  options: Parameters<Browser["newContext"]>[0] = {},
  from: typeof site = site,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1_200, height: 900 }, ...options });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const failures: string[] = [];
  page.on("pageerror", (error) => void failures.push(error.message));
  page.on("console", (message) => message.type() === "error" && failures.push(message.text()));
  page.on(
    "request",
    (request) =>
      request.url().startsWith(from.url) || request.url().startsWith("data:") || failures.push(request.url()),
  );
  onTestFinished(() => expect(failures).toEqual([]));
  await page.goto(`${from.url}/${path}`);
  await page.waitForSelector("html[data-loaded]");
  return page;
}

test("the site was built, with pages of every kind", () => {
  expect(files.length).toBeGreaterThan(100);
  for (const name of ["index", "start", "options", "errors", "webhooks", "connectors/stripe", "guides/octokit"])
    expect(files).toContain(`${name}.html`);
});

test("every page is at most 200 kB, with what it loads", () => {
  const shared = ["site.css", "site.js"].reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
  const sizes = files.map((file) => {
    const pictures = [...readFileSync(join(dist, file), "utf8").matchAll(/<img src="([^"]+)"/g)];
    const extra = pictures.map(([, source = ""]) => statSync(join(dist, dirname(file), source)).size);
    return { file, size: statSync(join(dist, file)).size + shared + extra.reduce((sum, size) => sum + size, 0) };
  });
  expect(sizes.filter(({ size }) => size > 200_000)).toEqual([]);
});

test("no link of a page to another, or to a heading, is broken", () => {
  const anchors = new Map(
    files.map((file) => {
      const ids = [...readFileSync(join(dist, file), "utf8").matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      return [file, new Set(ids)] as const;
    }),
  );
  let count = 0;
  const broken: string[] = [];
  for (const file of files) {
    for (const [, href = ""] of readFileSync(join(dist, file), "utf8").matchAll(/<a [^>]*?href="([^"]*)"/g)) {
      if (/^(https:|mailto:)/.test(href)) continue;
      count += 1;
      const [path = "", anchor] = href.split("#");
      const ids = anchors.get(path === "" ? file : posix.join(dirname(file), path));
      if (ids === undefined || (anchor !== undefined && !ids.has(decodeURIComponent(anchor))))
        broken.push(`${file}: ${href}`);
    }
  }
  expect(count).toBeGreaterThan(5_000);
  expect(broken).toEqual([]);
});

describe("the search", () => {
  test.each([
    ["deadlineMs", /^options\.html#/],
    ["idempotencyKey", /^options\.html#/],
    ["OutcomeUnknownError", /^errors\.html/],
    ["POST /v1/customers", /connectors\/stripe\/customers\.html#PostCustomers$/],
    ["chat.postMessage", /connectors\/slack\//],
    ["IssuesCreateLabel", /connectors\/github\/issues/],
    ["TieredCacheOptions", /^options\.html#tieredcacheoptions$/],
    ["Send many", /tasks\/send-many/],
    ["stripe-node", /guides\/stripe-node/],
    ["webhook schemes", /webhooks/],
    ["standardWebhooks", /^webhooks\.html/],
  ])("finds %s by keyboard alone", async (text, address) => {
    const page = await open("start.html");
    await page.keyboard.press("/");
    await page.waitForSelector("#search[open]");
    await page.keyboard.type(text);
    await page.waitForFunction(() => document.querySelectorAll("#results li").length > 0);
    const first = await page.locator("#results li").first().getAttribute("data-address");
    expect(first).toMatch(address);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${site.url}/${first}`);
  });

  test("opens by Ctrl+K, moves by arrows, and closes by Escape with the focus where it was", async () => {
    const page = await open("connectors/stripe.html");
    await page.locator("#search-button").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("customers");
    await page.waitForFunction(() => document.querySelectorAll("#results li").length > 2);
    await page.keyboard.press("ArrowDown");
    expect(await page.locator("#results li").nth(1).getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("search-button");
    await page.keyboard.press("Control+k");
    await page.waitForSelector("#search[open]");
  });
});

test("the keyboard alone reaches the text, the theme and the navigation, and shows where it is", async () => {
  const page = await open("start.html");
  const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent || "");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Skip to the text");
  await page.keyboard.press("Enter");
  expect(await focused()).toBe("main");

  await page.goto(`${site.url}/start.html`);
  await page.waitForSelector("html[data-loaded]");
  const seen: string[] = [];
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press("Tab");
    seen.push(await focused());
    expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).not.toBe("none");
  }
  expect(seen).toEqual(expect.arrayContaining(["search-button", "theme-button", "Start", "Start in five minutes"]));

  await page.locator("#theme-button").focus();
  const before = await page.evaluate(() => document.documentElement.dataset.theme);
  await page.keyboard.press("Space");
  const after = await page.evaluate(() => document.documentElement.dataset.theme);
  expect([before, after].sort()).toEqual(["dark", "light"]);
  await page.reload();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(after);
});

test("the field of a page of operations hides those that do not contain what is typed", async () => {
  const page = await open("connectors/github/issues.html");
  const all = await page.locator("section.operation").count();
  await page.locator("#filter").focus();
  await page.keyboard.type("label create");
  const shown = await page.locator("section.operation:not([hidden])").count();
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(all);
  expect(await page.locator("#filter-count").textContent()).toBe(`${shown} of ${all} operations`);
});

const samples = [
  "index",
  "start",
  "tasks/handle-failures",
  "options",
  "errors",
  "webhooks",
  "scale",
  "architecture/life-of-a-call",
  "connectors/stripe",
  "connectors/stripe/customers",
  "guides/stripe-node",
];

describe.each(samples)("%s", (name) => {
  test.each(["light", "dark"] as const)(
    "has no finding of axe-core for WCAG AA in the %s theme",
    async (colorScheme) => {
      const page = await open(`${name}.html`, { colorScheme });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() =>
        (
          window as unknown as {
            axe: {
              run(
                options: object,
              ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
            };
          }
        ).axe.run({
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        }),
      );
      expect(
        violations.map(({ id, nodes }) => [
          id,
          nodes.slice(0, 2).map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
        ]),
      ).toEqual([]);
    },
  );

  test("does not move or overflow on a phone, while it arrives in pieces", async () => {
    const phone = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };
    const page = await open(`${name}.html`, phone, slow);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
          }).observe({ type: "layout-shift", buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum), 100)));
        }),
    );
    expect(shift).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.locator(".menu summary").click();
    expect(await page.locator('nav[aria-label="Pages"]').isVisible()).toBe(true);
  });
});
