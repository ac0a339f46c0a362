import type { AuthScheme } from "../connector/profile.js";
import { ConfigurationError } from "../errors/configuration-error.js";
import type { Credential } from "./credential-source.js";

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Never shows the value: what is wrong with a credential is said by its shape alone. */
function secret(provider: string, value: unknown, what: string): string {
  if (typeof value !== "string" || value === "") {
    throw new ConfigurationError(`The credential for ${provider} must be ${what}; what was given is not.`);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a header cannot carry them, and fetch would show the value
  if (/[\u0000-\u001f\u007f]|[^\u0000-\u00ff]/.test(value)) {
    throw new ConfigurationError(
      `The credential for ${provider} holds a character that a header cannot carry, such as a line break. Trim it.`,
    );
  }
  return value;
}

/** Writes a credential into headers in the provider's scheme, and returns the URL to call. */
export function applyCredential(
  provider: string,
  scheme: AuthScheme,
  credential: Credential,
  url: string,
  headers: Headers,
): string {
  switch (scheme.kind) {
    case "bearer":
      headers.set("authorization", `${scheme.prefix ?? "Bearer"} ${secret(provider, credential, "a string")}`);
      return url;
    case "header":
      headers.set(scheme.name, secret(provider, credential, "a string"));
      return url;
    case "query": {
      const target = new URL(url);
      target.searchParams.set(scheme.name, secret(provider, credential, "a string"));
      return target.href;
    }
    case "basic": {
      const { username, password } = scheme;
      const shape = `{ ${username.name}, ${password.name} }, two strings`;
      const pair = typeof credential === "object" && credential !== null ? credential : {};
      const pairText = `${secret(provider, pair[username.name], shape)}:${secret(provider, pair[password.name], shape)}`;
      headers.set("authorization", `Basic ${base64(pairText)}`);
      return url;
    }
  }
}
