// Cloudflare Workers: secrets are in `env`, and one client is kept for all requests of an isolate.
import { ApiError, createStripe, type Stripe } from "@connectry/stripe";

interface Env {
  readonly STRIPE_SECRET_KEY: string;
  readonly STRIPE_BASE_URL?: string;
}

let client: Stripe | undefined;
const clientOf = (env: Env) => (client ??= createStripe({ auth: env.STRIPE_SECRET_KEY, baseUrl: env.STRIPE_BASE_URL }));

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
  async fetch(request: Request, env: Env): Promise<Response> {
    try {
      return await respond(request, clientOf(env));
    } catch (error) {
      if (!ApiError.isInstance(error)) throw error;
      return Response.json({ message: error.message }, { status: error.status });
    }
  },
};
