// Bun: bun server.ts
import { ApiError, createStripe } from "@connectry/stripe";

const stripe = createStripe({ baseUrl: process.env.STRIPE_BASE_URL });

Bun.serve({
  port: process.env.PORT ?? 3000,
  routes: {
    "/customers": {
      async POST(request) {
        const { email } = (await request.json()) as { email: string };
        const { data } = await stripe.POST("/v1/customers", { body: { email }, signal: request.signal });
        return Response.json({ id: data.id, email: data.email }, { status: 201 });
      },
    },
    "/customers/:id": {
      async GET({ params: { id }, signal }) {
        const { data } = await stripe.GET("/v1/customers/{customer}", { params: { path: { customer: id } }, signal });
        return Response.json(data);
      },
    },
  },
  error(error) {
    if (!ApiError.isInstance(error)) throw error;
    return Response.json({ message: error.message }, { status: error.status });
  },
});
