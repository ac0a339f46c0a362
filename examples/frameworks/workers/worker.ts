// Cloudflare Workers: secrets are in `env`, and one client is kept for all requests of an isolate. The events of a webhook are
// processed after the response.
import { memoryInbox } from "@connectry/core/webhooks";
import { ApiError, createStripe, type Stripe } from "@connectry/stripe";
import { webhooks } from "@connectry/stripe/webhooks";

interface Env {
  readonly STRIPE_SECRET_KEY: string;
  readonly STRIPE_BASE_URL?: string;
  readonly STRIPE_WEBHOOK_SECRET?: string;
}

interface Context {
  waitUntil(work: Promise<unknown>): void;
}

let client: Stripe | undefined;
const clientOf = (env: Env) => (client ??= createStripe({ auth: env.STRIPE_SECRET_KEY, baseUrl: env.STRIPE_BASE_URL }));

// Of this isolate alone: where an event may come to several, `redisInbox` of `@connectry/core/redis` knows it in all of them.
const inbox = memoryInbox();

const onStripe = (env: Env, context: Context) =>
  webhooks.handler({
    secrets: env.STRIPE_WEBHOOK_SECRET,
    inbox,
    waitUntil: (work) => context.waitUntil(work),
    on: {
      "customer.deleted": async ({ payload }) => {
        const { email } = payload.data.object;
        await clientOf(env).POST("/v1/customers", { body: { email: email ?? "", description: "restored" } });
      },
    },
  });

async function respond(request: Request, stripe: Stripe): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (request.method === "POST" && pathname === "/customers") {
    const { email } = (await request.json()) as { email: string };
    const { data } = await stripe.POST("/v1/customers", { body: { email } });
    return Response.json({ id: data.id, email: data.email }, { status: 201 });
  }
  const [, id] = /^\/customers\/([^/]+)$/.exec(pathname) ?? [];
  if (request.method !== "GET" || id === undefined) return new Response(null, { status: 404 });
  const { data } = await stripe.GET("/v1/customers/{customer}", { params: { path: { customer: id } } });
  return Response.json(data);
}

export default {
  async fetch(request: Request, env: Env, context: Context): Promise<Response> {
    if (new URL(request.url).pathname === "/webhooks/stripe") return onStripe(env, context)(request);
    try {
      return await respond(request, clientOf(env));
    } catch (error) {
      if (!ApiError.isInstance(error)) throw error;
      return Response.json({ message: error.message }, { status: error.status });
    }
  },
};
