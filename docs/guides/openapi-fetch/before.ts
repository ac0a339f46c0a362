import type { paths } from "@connectry/stripe/schema";
import createClient from "openapi-fetch";

export async function readCustomer(key: string, address: URL): Promise<string | undefined> {
  const client = createClient<paths>({ baseUrl: address.origin, headers: { authorization: `Bearer ${key}` } });
  const { data, error } = await client.GET("/v1/customers", { params: { query: { limit: 3 } } });
  return data ? `${data.data.length} customers` : error.error.message;
}
