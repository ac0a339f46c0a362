// The same call by Stripe's own client, for scripts/checks/instantiations.test.ts.
import Stripe from "stripe";

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY ?? "");

const customer = await stripe.customers.create({ email: "ada@example.com" });
console.log(customer.id, customer.email);
