// Fastify: the client is a decorator, and the error handler turns what the provider said into a response.
import { ApiError, createStripe, type Stripe } from "@connectry/stripe";
import fastify from "fastify";

declare module "fastify" {
  interface FastifyInstance {
    readonly stripe: Stripe;
  }
}

const app = fastify({ logger: false });
app.decorate("stripe", createStripe({ baseUrl: process.env.STRIPE_BASE_URL }));

app.post<{ Body: { email: string } }>("/customers", async (request, reply) => {
  const { data } = await app.stripe.POST("/v1/customers", { body: { email: request.body.email } });
  return reply.code(201).send({ id: data.id, email: data.email });
});

app.get<{ Params: { id: string } }>("/customers/:id", async (request) => {
  const params = { path: { customer: request.params.id } };
  const { data } = await app.stripe.GET("/v1/customers/{customer}", { params });
  return data;
});

app.setErrorHandler((error, _request, reply) => {
  if (!ApiError.isInstance(error)) return reply.send(error);
  return reply.code(error.status).send({ message: error.message });
});

await app.listen({ port: Number(process.env.PORT ?? 3000) });
