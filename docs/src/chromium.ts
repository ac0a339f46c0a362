import { type Browser, chromium } from "playwright-core";

/** The Chromium of the system, which `scripts/find-servers.ts` installs. */
export function launchChromium(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
}
