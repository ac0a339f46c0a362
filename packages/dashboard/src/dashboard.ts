import { ConfigurationError } from "@connectry/core";
import type { Telemetry } from "@connectry/core/telemetry";
import { renderPage } from "./render-page.js";

/** Options of `dashboard`. */
export interface DashboardOptions {
  /** What the page shows: `telemetry()` of `@connectry/core/telemetry`. */
  readonly telemetry: Pick<Telemetry, "snapshot" | "mergedSnapshot">;
  /**
   * Whether a request may see the page and its data; all others receive a 401, also where this throws. The page names
   * operations, limits and rates of your integrations, so there is no default.
   */
  readonly allow: (request: Request) => boolean | Promise<boolean>;
  /** Shows what all processes counted, by the `store` of the telemetry, instead of this process. @default false */
  readonly merged?: boolean | undefined;
}

const common = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

/** Only what the page itself contains is run, and it may only be sent requests to its own origin. */
const policyFor = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

const text = (status: number, body: string, headers: Readonly<Record<string, string>> = {}) =>
  new Response(body, { status, headers: { ...common, "content-type": "text/plain; charset=utf-8", ...headers } });

/** The number of milliseconds that a request asks for; undefined for all time, and NaN where it is not one. */
function rangeOf(url: URL): number | undefined {
  const range = url.searchParams.get("last");
  return range ? Number(range) : undefined;
}

/**
 * Creates the handler of a page that shows how integrations are doing: mount it at any path, for GET. It is one page without further
 * files; its data is at the same path with `?data`. Throws ConfigurationError without `telemetry` or `allow`.
 */
export function dashboard({
  telemetry,
  allow,
  merged = false,
}: DashboardOptions): (request: Request) => Promise<Response> {
  if (typeof telemetry?.snapshot !== "function") throw new ConfigurationError("dashboard: pass `telemetry`.");
  if (typeof allow !== "function") {
    throw new ConfigurationError("dashboard: pass `allow`, which decides who may see the page.");
  }
  const isAllowed = async (request: Request) => {
    try {
      // Anything but true is a mistake, such as a user that was not awaited.
      return (await allow(request)) === true;
    } catch {
      return false;
    }
  };

  return async (request) => {
    if (!(await isAllowed(request))) return text(401, "Unauthorized");
    if (request.method !== "GET" && request.method !== "HEAD")
      return text(405, "Method not allowed", { allow: "GET, HEAD" });
    const url = new URL(request.url);
    if (url.searchParams.has("data")) {
      const lastMs = rangeOf(url);
      if (lastMs !== undefined && !(lastMs > 0)) return text(400, "`last` must be a number of milliseconds.");
      try {
        const snapshot = merged ? await telemetry.mergedSnapshot({ lastMs }) : telemetry.snapshot({ lastMs });
        return Response.json(snapshot, { headers: common });
      } catch {
        // Its cause may be an address with a password.
        return text(503, "The store of the telemetry is unavailable.");
      }
    }
    const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
    const headers = {
      ...common,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policyFor(nonce),
      "x-frame-options": "DENY",
    };
    return new Response(renderPage(nonce), { headers });
  };
}
