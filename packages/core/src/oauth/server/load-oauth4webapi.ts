import { ConfigurationError } from "../../errors/connectry-error.js";

/** What builds requests of OAuth and validates responses. */
export type Oauth4webapi = typeof import("oauth4webapi");

/** @throws ConfigurationError where there is no TextEncoder or no Web Crypto, as in Jest's environments of jsdom. */
export function checkPlatform(): void {
  if (typeof TextEncoder !== "undefined" && globalThis.crypto?.subtle) return;
  throw new ConfigurationError(
    "@connectry/core/oauth needs TextEncoder and crypto.subtle, which jsdom lacks: test it in the environment of Node",
  );
}

/** Loads oauth4webapi, with the first request, because it creates a TextEncoder while it is loaded. Rejects as `checkPlatform` throws. */
export async function loadOauth4webapi(): Promise<Oauth4webapi> {
  checkPlatform();
  return import("oauth4webapi");
}
