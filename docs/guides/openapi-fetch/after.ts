import { openapiClient } from "@connectry/core/openapi-fetch";
import { createStripe } from "@connectry/stripe";
import type { paths } from "@connectry/stripe/schema";

export async function readCustomer(key: string, address: URL): Promise<string | undefined> {
  const client = openapiClient<paths>(createStripe({ auth: key, baseUrl: address.origin }));
  const { data, error } = await client.GET("/v1/customers", { params: { query: { limit: 3 } } });
  return data ? `${data.data.length} customers` : error.error.message;
}
