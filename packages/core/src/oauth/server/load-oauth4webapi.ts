import { ConfigurationError } from "../../errors/connectry-error.js";

/** What builds requests of OAuth and validates responses. */
export type Oauth4webapi = typeof import("oauth4webapi");

/**
 * Loads oauth4webapi, with the first request, because it creates a TextEncoder while it is loaded.
 * @throws ConfigurationError where there is none, as in jsdom.
 */
export async function loadOauth4webapi(): Promise<Oauth4webapi> {
  if (typeof TextEncoder === "undefined") {
    throw new ConfigurationError(
      "@connectry/core/oauth needs TextEncoder, which jsdom lacks: test it in Node's environment or in jest-fixed-jsdom",
    );
  }
  return import("oauth4webapi");
}
