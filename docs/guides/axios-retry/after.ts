import { createStripe } from "@connectry/stripe";

export async function customerOf(key: string, address: URL): Promise<string> {
  const stripe = createStripe({ auth: key, baseUrl: address.origin, attemptTimeoutMs: 30_000, maxAttempts: 3 });

  const created = await stripe.POST("/v1/customers", {
    body: { email: "ada@example.com" },
    idempotencyKey: "signup-7",
  });
  const { data } = await stripe.GET("/v1/customers/{customer}", { params: { path: { customer: created.data.id } } });
  return "email" in data ? String(data.email) : "deleted";
}
