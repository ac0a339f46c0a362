import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ProviderProfile } from "@connectry/core";

const repository = new URL("../../../", import.meta.url);

function cacheFolder(): string {
  const { CONNECTRY_CACHE, XDG_CACHE_HOME } = process.env;
  if (CONNECTRY_CACHE) return CONNECTRY_CACHE;
  return join(XDG_CACHE_HOME || join(homedir(), ".cache"), "connectry");
}

/** Stripe's document, as specs/stripe/spec.yaml pins it. Throws an Error that names the command to run where it was not pulled yet. */
export function readStripeDocument(): Record<string, unknown> {
  const sha256 = /sha256: ([0-9a-f]{64})/.exec(
    readFileSync(new URL("specs/stripe/spec.yaml", repository), "utf8"),
  )?.[1];
  if (sha256 === undefined) throw new Error("specs/stripe/spec.yaml has no sha256");
  const file = join(cacheFolder(), "documents", sha256);
  if (!existsSync(file)) {
    throw new Error(`Stripe's document is not at ${file}: run \`npx -y pnpm@12 generate\` once, which pulls it`);
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The profile of @connectry/stripe, imported by its URL, since this package does not depend on a connector. */
export async function readStripeProfile(): Promise<ProviderProfile> {
  const url = new URL("packages/connectors/stripe/src/profile.ts", repository);
  const { profile } = (await import(url.href)) as { readonly profile: ProviderProfile };
  return profile;
}
