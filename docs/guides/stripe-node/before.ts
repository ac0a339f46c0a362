import Stripe from "stripe";

export async function charge(key: string, address: URL): Promise<string[]> {
  const stripe = new Stripe(key, {
    host: address.hostname,
    port: address.port,
    protocol: "http",
    maxNetworkRetries: 2,
    apiVersion: "2024-04-10" as never,
  });
  const customer = await stripe.customers.create({ email: "ada@example.com" });
  await stripe.paymentIntents.create({ amount: 1_000, currency: "usd", customer: customer.id });

  const amounts: string[] = [];
  for await (const intent of stripe.paymentIntents.list({ limit: 2, customer: customer.id }))
    amounts.push(`${intent.amount} ${intent.currency}`);
  return amounts;
}
