// Two calls, a pagination and a safe call by their paths, whose hover shows the document's text.
// `pnpm test` counts what it costs TypeScript.
import { createStripe } from "@connectry/stripe";
import { byPath } from "@connectry/stripe/by-path";

const stripe = byPath(createStripe());

const { data: customers } = await stripe["/v1/customers"].GET({ params: { query: { limit: 3 } } });
console.log(customers.data.map(({ email }) => email));

await stripe["/v1/customers/{customer}"].POST({
  params: { path: { customer: "cus_1" } },
  body: { name: "Ada Lovelace" },
});

for await (const charge of stripe["/v1/charges"].paginate({ params: { query: { limit: 100 } } }))
  console.log(charge.id);

const { data, error } = await stripe["/v1/charges/{charge}"].GET.safe({ params: { path: { charge: "ch_1" } } });
console.log(error?.message ?? data?.amount);
