import { fieldOf, objectIn, stringIn } from "../document/json.js";
import type { GeneratorProfile } from "../profile/generator-profile.js";
import { withoutBraces } from "../profile/without-braces.js";

/**
 * A server's URL with the defaults of its variables, without trailing slash, query and fragment; undefined if not
 * valid. The base URL itself where the server is that: only it may have variables that come with an account.
 */
export function readServerUrl(server: unknown, baseUrl: string): string | undefined {
  if (stringIn(server, "url")?.replace(/\/+$/, "") === baseUrl) return baseUrl;
  const base = new URL(`${withoutBraces(baseUrl)}/`);
  const variables = objectIn(server, "variables");
  const text = (stringIn(server, "url") ?? "").replace(/\{([^{}]+)\}/g, (all, name: string) => {
    const value = fieldOf(fieldOf(variables, name), "default");
    return typeof value === "string" || typeof value === "number" ? String(value) : all;
  });
  if (text === "" || /[{}]/.test(text) || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return undefined;
  const origin = url.origin === base.origin ? originText(baseUrl) : url.origin;
  return (origin + url.pathname).replace(/\/+$/, "");
}

/** Whether a server is where the operations of a profile are anyway: in one of its environments. */
export function isBaseUrl(server: unknown, { baseUrl, environments = [] }: GeneratorProfile): boolean {
  return [baseUrl, ...environments].some((one) => readServerUrl(server, one) === one);
}

/** The origin of a URL that may have variables. */
function originText(url: string): string {
  return url.slice(0, url.length - new URL(withoutBraces(url)).pathname.replace(/\/$/, "").length);
}

/** Whether the profile allows calls, and with them credentials, to be sent there. */
export function isAllowedServer(url: string, profile: GeneratorProfile): boolean {
  const { origin } = new URL(withoutBraces(url));
  return origin === new URL(withoutBraces(profile.baseUrl)).origin || profile.origins.includes(origin);
}
