// Hono: the same app on Node, Bun, Deno and Workers. The request's signal ends the call when the caller has gone.
import { ApiError, createStripe } from "@connectry/stripe";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

const stripe = createStripe({ baseUrl: process.env.STRIPE_BASE_URL });
const app = new Hono();

app.post("/customers", async (context) => {
  const { email } = await context.req.json<{ email: string }>();
  const { data } = await stripe.POST("/v1/customers", { body: { email }, signal: context.req.raw.signal });
  return context.json({ id: data.id, email: data.email }, 201);
});

app.get("/customers/:id", async (context) => {
  const params = { path: { customer: context.req.param("id") } };
  const { data } = await stripe.GET("/v1/customers/{customer}", { params, signal: context.req.raw.signal });
  return context.json(data);
});

app.onError((error, context) => {
  if (!ApiError.isInstance(error)) throw error;
  return context.json({ message: error.message }, error.status as ContentfulStatusCode);
});

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
