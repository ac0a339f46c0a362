import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { toNodeHandler } from "@connectry/core/webhooks";
import { dashboard } from "@connectry/dashboard";
import { busyTelemetry } from "../../../packages/dashboard/test/busy-telemetry.ts";
import { launchChromium } from "../chromium.ts";

/** A picture of the dashboard as Chromium shows it, on half an hour of calls. */
export async function shootDashboard(): Promise<Buffer> {
  const handler = dashboard({ telemetry: await busyTelemetry("Acme"), allow: () => true });
  const server = createServer(toNodeHandler(handler));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1_100, height: 820 }, colorScheme: "light" });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForSelector("html[data-loaded]");
    return await page.screenshot();
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}
