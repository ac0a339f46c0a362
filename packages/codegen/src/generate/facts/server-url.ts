import { fieldOf, objectIn, stringIn } from "../document/json.js";
import type { GeneratorProfile } from "../generator-profile.js";

/** A server's URL with its variables at their defaults, without a trailing slash, query and fragment. */
export function readServerUrl(server: unknown, baseUrl: string): string | undefined {
  const variables = objectIn(server, "variables");
  const text = (stringIn(server, "url") ?? "").replace(/\{([^{}]+)\}/g, (all, name: string) => {
    const value = fieldOf(fieldOf(variables, name), "default");
    return typeof value === "string" || typeof value === "number" ? String(value) : all;
  });
  if (text === "" || /[{}]/.test(text) || !URL.canParse(text, `${baseUrl}/`)) return undefined;
  const url = new URL(text, `${baseUrl}/`);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return undefined;
  return (url.origin + url.pathname).replace(/\/+$/, "");
}

/** Whether the profile lets calls, and with them credentials, go there. */
export function isAllowedServer(url: string, profile: GeneratorProfile): boolean {
  const { origin } = new URL(url);
  return origin === new URL(profile.baseUrl).origin || profile.origins.includes(origin);
}
