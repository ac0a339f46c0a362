// Cloudflare Workers: Web Crypto verifies signatures, and the inbox is in Redis over HTTP, because memory may not outlive a
// request.
import { redisInbox, upstash } from "@connectry/core/redis";
import { webhooks } from "@connectry/slack/webhooks";

interface Env {
  readonly SLACK_SIGNING_SECRET: string;
  readonly UPSTASH_REDIS_REST_URL: string;
  readonly UPSTASH_REDIS_REST_TOKEN: string;
}

const handlerOf = (env: Env) =>
  webhooks.handler({
    secrets: env.SLACK_SIGNING_SECRET,
    inbox: redisInbox(
      upstash({ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN, timeoutMs: 1_000 }),
    ),
    on: {
      app_mention: ({ payload }) => console.log(`${payload.event?.user} mentioned us`),
      "/deploy": ({ payload }) => Response.json({ text: `Deploying ${payload.text}` }),
    },
  });

export default {
  fetch: (request: Request, env: Env): Promise<Response> => handlerOf(env)(request),
};
