import type { ProviderProfile } from "../src/index.js";
import { createAcme } from "./acme.js";
import { stubFetch } from "./stub-fetch.js";

interface Given {
  readonly query?: unknown;
  readonly path?: unknown;
  readonly body?: unknown;
}

/** What Acme receives of a POST to `/things/{path}` with these arguments: query, path, and the body with its type. */
export async function sentRequest({ query, path = "-", body }: Given, profile: Partial<ProviderProfile> = {}) {
  const { fetch, requests } = stubFetch();
  const params = { path: { path }, query: query as Record<string, unknown> };
  await createAcme({ fetch }, profile).POST("/things/{path}", { params, body });
  const [request] = requests;
  const url = new URL(request?.url ?? "");
  const response = new Response(request?.body as BodyInit, {
    headers: { "content-type": request?.headers.get("content-type") ?? "" },
  });
  return { query: url.search.slice(1), path: url.pathname.slice("/things/".length), response };
}
