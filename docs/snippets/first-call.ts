import type { createStripe } from "@connectry/stripe";

// createStripe() reads STRIPE_SECRET_KEY
export async function firstCall(stripe: ReturnType<typeof createStripe>, email: string): Promise<string> {
  const { data: customer } = await stripe.POST("/v1/customers", { body: { email } });
  return customer.id;
}
