import { execFileSync } from "node:child_process";
import { redisServer } from "@connectry/testing";
import { chromium, type Page } from "playwright-core";
import { createClient } from "redis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Running, start } from "./start.ts";

const server = await redisServer();
let running: Running;
const browser = await chromium.launch({
  executablePath: execFileSync("which", ["chromium"], { encoding: "utf8" }).trim(),
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
beforeAll(async () => {
  running = await start(server.url);
});
afterAll(async () => {
  await browser.close();
  await running.close();
  await server.close();
});

/** A page in a browser of its own: another user. */
async function open(): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(running.url);
  return page;
}

const connect = async (page: Page, button: "Allow" | "Deny") => {
  await page.getByRole("link", { name: "Connect HubSpot" }).click();
  expect(await page.getByRole("code").textContent()).toBe("crm.objects.contacts.read");
  await page.getByRole("button", { name: button }).click();
};

const contacts = (page: Page) => page.getByRole("listitem").allTextContents();

test("a user connects an account on the page of consent, sees its contacts, and disconnects it", async () => {
  const { counts } = running.provider;
  const page = await open();
  await connect(page, "Allow");
  expect(page.url()).toBe(`${running.url}/contacts`);
  expect(await contacts(page)).toEqual(["ada@example.com"]);
  running.provider.expireTokens();
  await page.reload();
  expect(await contacts(page)).toEqual(["ada@example.com"]);
  expect(counts).toMatchObject({ refreshes: 1, reuses: 0 });
  await page.getByRole("button", { name: "Disconnect" }).click();
  expect(page.url()).toBe(`${running.url}/`);
  expect(counts.revocations).toBe(1);
  const response = await page.goto(`${running.url}/contacts`);
  expect(response?.status()).toBe(401);
  expect(await page.getByRole("alert").textContent()).toBe("HubSpot is not connected any more");
});

test("a user who denies it is told so", async () => {
  const page = await open();
  await connect(page, "Deny");
  expect(await page.getByRole("alert").textContent()).toBe("HubSpot was not connected: access_denied");
});

test("many tabs whose token was rejected cause one refresh", async () => {
  const page = await open();
  await connect(page, "Allow");
  const before = running.provider.counts.refreshes;
  running.provider.expireTokens();
  const tabs = await Promise.all(Array.from({ length: 6 }, () => page.context().newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(`${running.url}/contacts`)));
  for (const tab of tabs) expect(await contacts(tab)).toEqual(["ada@example.com"]);
  expect(running.provider.counts).toMatchObject({ refreshes: before + 1, reuses: 0 });
});

test("a callback in the browser of another user connects nothing, and neither does one that was used", async () => {
  const attacker = await open();
  const once = { maxRedirects: 0 };
  const { location: consent = "" } = (await attacker.request.get(`${running.url}/connect`, once)).headers();
  const allowed = await attacker.request.post(consent, { ...once, form: { consent: "yes" } });
  const { location: callback = "" } = allowed.headers();
  expect(callback).toMatch(/^http:.+\/callback\?state=.+&code=/);
  const victim = await open();
  const response = await victim.goto(callback);
  expect(response?.status()).toBe(400);
  expect(await victim.getByRole("alert").textContent()).toBe("HubSpot was not connected: invalid-state");
  expect((await victim.goto(`${running.url}/contacts`))?.status()).toBe(401);
  await attacker.goto(callback);
  expect(await contacts(attacker)).toEqual(["ada@example.com"]);
  expect((await attacker.goto(callback))?.status()).toBe(400);
});

test("no script of a page can read a cookie, and Redis has neither a user nor a token in plain text", async () => {
  const page = await open();
  await connect(page, "Allow");
  expect(await page.evaluate("document.cookie")).toBe("");
  const cookies = await page.context().cookies();
  const user = cookies.find(({ name }) => name === "user")?.value ?? "";
  expect(cookies.every(({ httpOnly, secure, sameSite }) => httpOnly && secure && sameSite === "Lax")).toBe(true);
  const redis = await createClient({ url: server.url }).connect();
  const keys = await redis.keys("*:{*}");
  const values = JSON.stringify(await Promise.all(keys.map((key) => redis.hGetAll(key))));
  redis.destroy();
  expect(keys.length).toBeGreaterThan(0);
  expect(user).toHaveLength(36);
  expect(keys.join() + values).not.toContain(user);
  expect(values).toMatch(/"value":"v1\./);
  expect(values).not.toContain("accessToken");
});
