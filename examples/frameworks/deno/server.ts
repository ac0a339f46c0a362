// Deno: deno run --allow-net --allow-env server.ts
import { ApiError, createStripe } from "@connectry/stripe";

const stripe = createStripe({ baseUrl: Deno.env.get("STRIPE_BASE_URL") });
const one = new URLPattern({ pathname: "/customers/:id" });

async function respond(request: Request): Promise<Response> {
  const { signal } = request;
  if (request.method === "POST") {
    const { email } = await request.json();
    const { data } = await stripe.POST("/v1/customers", { body: { email }, signal });
    return Response.json({ id: data.id, email: data.email }, { status: 201 });
  }
  const customer = one.exec(request.url)?.pathname.groups.id ?? "";
  const { data } = await stripe.GET("/v1/customers/{customer}", { params: { path: { customer } }, signal });
  return Response.json(data);
}

Deno.serve({
  port: Number(Deno.env.get("PORT") ?? 3000),
  handler: respond,
  onError(error) {
    if (!ApiError.isInstance(error)) throw error;
    return Response.json({ message: error.message }, { status: error.status });
  },
});
