import { ConfigurationError } from "@connectry/core";
import { telemetry } from "@connectry/core/telemetry";
import { canaryScan } from "@connectry/testing";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dashboard } from "../src/index.js";
import { busyTelemetry, secret } from "./busy-telemetry.js";
import { launch, openPage, serve } from "./open-page.js";

const address = "https://app.test/health";
const get = (url = address, init?: RequestInit) => new Request(url, init);

describe("the handler", () => {
  test.each<[what: string, allow: (request: Request) => boolean | Promise<boolean>]>([
    ["refuses", () => false],
    ["refuses later", async () => false],
    [
      "throws",
      () => {
        throw new Error("no session");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no session"))],
    ["returns something else", () => ({}) as never],
  ])("responds with 401 and nothing else, to page and data, where `allow` %s", async (_, allow) => {
    const handler = dashboard({ telemetry: telemetry(), allow });
    for (const url of [address, `${address}?data`]) {
      const response = await handler(get(url));
      expect([response.status, await response.text()]).toEqual([401, "Unauthorized"]);
    }
  });

  test("decides by the request", async () => {
    const handler = dashboard({ telemetry: telemetry(), allow: ({ headers }) => headers.get("x-user") === "ops" });
    expect((await handler(get(address, { headers: { "x-user": "ops" } }))).status).toBe(200);
    expect((await handler(get())).status).toBe(401);
  });

  test("needs telemetry and `allow`", () => {
    expect(() => dashboard({ telemetry: telemetry() } as never)).toThrow(ConfigurationError);
    expect(() => dashboard({ allow: () => true } as never)).toThrow("dashboard: pass `telemetry`");
  });

  test("runs only scripts with the nonce of the response, another for each, and is not stored", async () => {
    const handler = dashboard({ telemetry: telemetry(), allow: () => true });
    const responses = [await handler(get()), await handler(get())];
    const policies = responses.map(({ headers }) => headers.get("content-security-policy") ?? "");
    expect(policies[0]).toMatch(/default-src 'none'; script-src 'nonce-[\w+/]{22}=='; style-src 'nonce-/);
    expect(policies[0]).not.toMatch(/unsafe|http/);
    expect(policies[0]).not.toBe(policies[1]);
    for (const { headers } of responses) expect(headers.get("cache-control")).toBe("no-store");
  });

  test("has the data of a range, and refuses what is not one", async () => {
    const handler = dashboard({ telemetry: await busyTelemetry(), allow: () => true });
    const callsOf = async (query: string) =>
      (await (await handler(get(`${address}?data${query}`))).json()).connectors[0].calls;
    expect(await callsOf("")).toBe(480);
    expect(await callsOf("&last=600000")).toBeLessThan(240);
    for (const last of ["-1", "0", "many"])
      expect((await handler(get(`${address}?data&last=${last}`))).status).toBe(400);
    expect((await handler(get(address, { method: "POST" }))).status).toBe(405);
  });

  test("says that the store is unavailable, without its address", async () => {
    const store = { publish: () => Promise.reject(new Error("redis://user:password@host")), read: async () => [] };
    const handler = dashboard({ telemetry: telemetry({ store }), merged: true, allow: () => true });
    const response = await handler(get(`${address}?data`));
    expect([response.status, await response.text()]).toEqual([503, "The store of the telemetry is unavailable."]);
  });
});

describe("in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function open(options?: Parameters<typeof openPage>[2]) {
    const metrics = await busyTelemetry();
    const url = await serve(dashboard({ telemetry: metrics, allow: () => true }));
    return { metrics, url, ...(await openPage(browser, url, options)) };
  }

  test("R63: every plot is drawn, and the numbers are those of the snapshot", async () => {
    const { page, metrics, failures } = await open();
    await page.selectOption("#range", "");
    await page.waitForFunction(() => document.querySelector("[data-field=calls]")?.textContent === "480");
    const drawn = await page.$$eval("canvas", (canvases) =>
      canvases.map((canvas) => {
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(data.filter((_, index) => index % 4 === 0)).size > 4;
      }),
    );
    expect(drawn).toEqual([true, true, true, true]);
    const fields = await page.$$eval("#connector-acme [data-field]", (cells) =>
      Object.fromEntries(cells.map((cell) => [cell.getAttribute("data-field"), cell.textContent])),
    );
    const { calls, attempts, retries, savedCalls, errorRate, duration } = metrics.snapshot().connectors[0]!;
    expect(fields).toMatchObject({
      calls: `${calls}`,
      attempts: `${attempts}`,
      retries: `${retries}`,
      savedCalls: `${savedCalls}`,
      errorRate: `${(errorRate * 100).toFixed(1)} %`,
      p95: `${Math.round(duration.p95Ms ?? 0)} ms`,
      breaker: "closed",
    });
    const [webhook] = metrics.snapshot().webhooks;
    expect(await page.textContent("#webhook-stripe [data-field=deliveries]")).toBe(`${webhook?.deliveries}`);
    expect(
      await page.$$eval("#connector-acme caption", (found) => found.map(({ textContent }) => textContent)),
    ).toEqual(["Limits and quotas", "Failures by class", "Cache", "Freshness", "Operations since the start"]);
    expect(failures).toEqual([]);
  });

  test("it requests nothing but itself, and names of a provider are text", async () => {
    const { page, requests, url } = await open();
    expect([...new Set(requests.map((request) => request.split("?")[0]))]).toEqual([url]);
    expect(await page.textContent("#connector-acme h2")).toBe("Acme <b>& Sons</b>");
    expect(await page.locator("#connector-acme b").count()).toBe(0);
  });

  test("R44: neither the page nor its data shows a credential", async () => {
    const { page, url } = await open();
    const data = await page.evaluate(async (from) => (await fetch(`${from}?data`)).text(), url);
    expect(data).toContain('"calls"');
    expect(canaryScan(secret, [await page.content(), data])).toEqual([]);
  });

  test("it works by keyboard: the range changes what is shown, and a table keeps the focus when it is refreshed", async () => {
    const { page } = await open();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the integrations");
    await page.keyboard.press("Tab");
    const before = await page.textContent("[data-field=calls]");
    await page.keyboard.press("ArrowUp");
    await page.waitForFunction((text) => document.querySelector("[data-field=calls]")?.textContent !== text, before);
    await page.focus("#connector-acme [aria-label=Cache]");
    await page.waitForResponse((response) => response.url().includes("data"));
    await page.waitForTimeout(50);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Cache");
  });

  test("screen readers get sections with names, tables with headers, and plots as a sentence", async () => {
    const { page } = await open();
    const aria = await page.locator("body").ariaSnapshot();
    for (const part of ['heading "Integrations"', "region", "columnheader", "rowheader", "status"])
      expect(aria).toContain(part);
    const plots = await page.$$eval("[role=img]", (found) => found.map((one) => one.getAttribute("aria-label")));
    expect(plots[0]).toMatch(/^Response times, last: p50 [\d.]+ ms, p95 [\d.]+ ms, p99 [\d.]+ ms$/);
  });

  test("it fits on a phone, and is dark where the system is, or where it is set", async () => {
    const { page } = await open({ viewport: { width: 360, height: 740 }, colorScheme: "dark" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await background()).toBe("rgb(17, 21, 27)");
    await page.selectOption("#theme", "light");
    expect(await background()).toBe("rgb(246, 247, 249)");
  });

  test("what cannot be loaded is said, and what was shown stays", async () => {
    let isAllowed = true;
    const url = await serve(dashboard({ telemetry: await busyTelemetry(), allow: () => isAllowed }));
    const { page } = await openPage(browser, url);
    isAllowed = false;
    await page.selectOption("#range", "900000");
    await page.waitForFunction(() => document.getElementById("status")?.textContent === "Not refreshed: Unauthorized");
    expect(await page.locator("#connector-acme").count()).toBe(1);
  });
});
