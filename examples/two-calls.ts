// A small program, for which scripts/checks/instantiations.test.ts measures the cost of types.
import { createStripe } from "@connectry/stripe";

const stripe = createStripe();

const { data: customer } = await stripe.POST("/v1/customers", { body: { email: "ada@example.com" } });
const { data: intent } = await stripe.GET("/v1/payment_intents/{intent}", { params: { path: { intent: "pi_1" } } });
console.log(customer.id, intent.status);

for await (const charge of stripe.paginate("/v1/charges", { params: { query: { limit: 100 } } })) {
  console.log(charge.amount);
}

const { data, error } = await stripe.safe.GET("/v1/customers/{customer}", {
  params: { path: { customer: customer.id } },
});
console.log(error === undefined ? data : error.message);
