import { createStripe } from "@connectry/stripe";

export async function charge(key: string, address: URL): Promise<string[]> {
  const stripe = createStripe({ auth: key, baseUrl: address.origin });
  const { data: customer } = await stripe.POST("/v1/customers", { body: { email: "ada@example.com" } });
  await stripe.POST("/v1/payment_intents", { body: { amount: 1_000, currency: "usd", customer: customer.id } });

  const amounts: string[] = [];
  const query = { limit: 2, customer: customer.id };
  for await (const intent of stripe.paginate("/v1/payment_intents", { params: { query } }))
    amounts.push(`${intent.amount} ${intent.currency}`);
  return amounts;
}
