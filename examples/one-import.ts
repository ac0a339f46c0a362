// One import of a connector, for which scripts/checks/instantiations.test.ts counts types beside one-import-official.ts.
import { createStripe } from "@connectry/stripe";

const stripe = createStripe();

const { data: customer } = await stripe.POST("/v1/customers", { body: { email: "ada@example.com" } });
console.log(customer.id, customer.email);
