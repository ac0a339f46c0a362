import { fieldOf, objectIn, stringIn } from "../document/json.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";

/**
 * A server's URL with the defaults of its variables, without trailing slash, query and fragment; undefined if not
 * valid.
 */
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

/** Whether the profile allows calls, and with them credentials, to be sent there. */
export function isAllowedServer(url: string, profile: GeneratorProfile): boolean {
  const { origin } = new URL(url);
  return origin === new URL(profile.baseUrl).origin || profile.origins.includes(origin);
}
