// A Worker or an edge function, which has no sockets and a short life. Isolates share a cache in Upstash, over HTTP. An entry in
// memory is checked again after a second, because an isolate is not notified of invalidations by others.
import { type TieredCache, tieredCache } from "@connectry/core/cache";
import { redisCacheStore, upstash } from "@connectry/core/redis";
import { createGithub } from "@connectry/github";

interface Env {
  readonly GITHUB_TOKEN: string;
  readonly UPSTASH_REDIS_REST_URL: string;
  readonly UPSTASH_REDIS_REST_TOKEN: string;
  readonly CACHE_KEY_SECRET: string;
}

let cache: TieredCache | undefined;

/** One cache for the life of an isolate, because it also holds responses in memory. */
function cacheOf(env: Env): TieredCache {
  cache ??= tieredCache({
    memory: { maxBytes: 8 << 20 },
    store: redisCacheStore(upstash({ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN })),
    keySecret: env.CACHE_KEY_SECRET,
  });
  return cache;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    const github = createGithub({ auth: env.GITHUB_TOKEN, cache: cacheOf(env) });
    const { data, response } = await github.GET("/repos/{owner}/{repo}", {
      params: { path: { owner: "nodejs", repo: "node" } },
      cache: { ttlMs: 300_000, staleIfErrorMs: 86_400_000 },
    });
    return Response.json({ stars: data.stargazers_count }, { headers: { "x-cache": response.cache ?? "none" } });
  },
};
