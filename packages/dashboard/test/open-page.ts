import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { toNodeHandler } from "@connectry/core/webhooks";
import { type Browser, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

/** Serves a handler on this machine until the end of the test; returns the address of the page. */
export async function serve(handler: (request: Request) => Promise<Response>): Promise<string> {
  const server = createServer(toNodeHandler(handler));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/health/integrations`;
}

/** The Chromium of the system, which `scripts/find-servers.ts` installs. */
export function launch(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
}

/** A page that was opened, with everything that it requested, and everything that went wrong in it. */
export async function openPage(
  browser: Browser,
  address: string,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<{ readonly page: Page; readonly requests: string[]; readonly failures: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1_200, height: 900 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const requests: string[] = [];
  const failures: string[] = [];
  page.on("request", (request) => void requests.push(request.url()));
  page.on("pageerror", (error) => void failures.push(error.message));
  page.on("console", (message) => message.type() === "error" && failures.push(message.text()));
  await page.goto(address);
  await page.waitForSelector("html[data-loaded]");
  return { page, requests, failures };
}
