// A Worker or an edge function: no sockets, short lives. Upstash keeps what isolates share, over HTTP; memory is asked again
// after a second, since nobody can tell an isolate what others call back.
import { type TieredCache, tieredCache } from "@connectry/core/cache";
import { upstash } from "@connectry/core/redis";
import { createGithub } from "@connectry/github";

interface Env {
  readonly GITHUB_TOKEN: string;
  readonly UPSTASH_REDIS_REST_URL: string;
  readonly UPSTASH_REDIS_REST_TOKEN: string;
  readonly CACHE_KEY_SECRET: string;
}

let cache: TieredCache | undefined;

/** One cache for the life of an isolate: it holds answers in memory, too. */
function cacheOf(env: Env): TieredCache {
  cache ??= tieredCache({
    memory: { maxBytes: 8 << 20 },
    redis: upstash({ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN }),
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
