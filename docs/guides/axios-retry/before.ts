import axios from "axios";
import axiosRetry, { exponentialDelay, isNetworkOrIdempotentRequestError } from "axios-retry";

export async function customerOf(key: string, address: URL): Promise<string> {
  const http = axios.create({ baseURL: address.origin, timeout: 30_000, headers: { authorization: `Bearer ${key}` } });
  axiosRetry(http, { retries: 2, retryDelay: exponentialDelay, retryCondition: isNetworkOrIdempotentRequestError });

  const created = await http.post<{ id: string }>("/v1/customers", new URLSearchParams({ email: "ada@example.com" }), {
    headers: { "idempotency-key": "signup-7" },
  });
  const { data } = await http.get<{ email: string }>(`/v1/customers/${encodeURIComponent(created.data.id)}`);
  return data.email;
}
