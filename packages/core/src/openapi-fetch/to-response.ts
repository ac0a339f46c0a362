import type { Reply } from "../pipeline/reply.js";
import type { Outcome } from "../pipeline/strategies.js";
import { readPath } from "../platform/json-path.js";
import type { ProviderProfile } from "../provider/profile.js";

/** The status by which openapi-fetch tells an error: that of the provider's code where errors come with a status of success. */
function statusOf({ errors }: ProviderProfile, error: Outcome["error"], { status }: Reply): number {
  if (!error || status < 200 || status > 299) return status;
  const { code = "" } = error as { readonly code?: string };
  const meaning = readPath(errors.statuses, [code]);
  return typeof meaning === "number" ? meaning : 400;
}

/** The Response that openapi-fetch reads. Its body is decoded, so that it has neither the encoding nor the length of the original. */
export function toResponse(profile: ProviderProfile, { error }: Outcome, reply: Reply): Response {
  const status = statusOf(profile, error, reply);
  const headers = new Headers(reply.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  const body = [204, 205, 304].includes(status) ? null : (reply.body ?? null);
  return new Response(body, { status, statusText: reply.statusText ?? "", headers });
}
