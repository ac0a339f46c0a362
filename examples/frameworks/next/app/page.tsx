import { stripe } from "./stripe";

// The customers are read for each request: what a call receives is in no cache of Next.js, and no page is built from it in advance.
export default async function Page() {
  const { data } = await stripe.GET("/v1/customers", { params: { query: { limit: 3 } } });
  return (
    <ul>
      {data.data.map(({ id, email }) => (
        <li key={id}>{email ?? id}</li>
      ))}
    </ul>
  );
}
