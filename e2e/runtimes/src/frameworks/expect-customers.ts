import type { FakeProvider } from "@connectry/testing";
import { expect } from "vitest";

/** A request to an example, however it is reached. */
export type Send = (path: string, init?: RequestInit) => Promise<Response>;

const post = (email: string): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ email }),
});

/**
 * Expects what each example does: it creates a customer by one request with an idempotency key, after a failure by the same key;
 * it reads the customer each time it is asked; and it passes on the status and the message of an error.
 */
export async function expectCustomers(provider: FakeProvider, send: Send, prefix = ""): Promise<void> {
  provider.faults.length = 0;
  const earlier = provider.requests.length;
  const requests = () => provider.requests.slice(earlier);
  provider.faults.push({ kind: "response", status: 503, on: { method: "POST", path: "/v1/customers" } });
  const created = await send(`${prefix}/customers`, post("ada@example.com"));
  const { id, email } = (await created.json()) as { id: string; email: string };
  expect([created.status, email]).toEqual([201, "ada@example.com"]);
  const keys = requests().map(({ headers }) => headers["idempotency-key"]);
  expect(keys).toEqual([keys[0], keys[0]]);
  expect(keys[0]).toMatch(/\S{16}/);

  // The same request again is another customer, and what was read is read again: nothing on the way keeps a response.
  await send(`${prefix}/customers`, post("ada@example.com"));
  expect(new Set(requests().map(({ headers }) => headers["idempotency-key"])).size).toBe(2);
  for (let reads = 1; reads <= 2; reads += 1) {
    const read = await send(`${prefix}/customers/${id}`);
    expect([read.status, await read.json()]).toEqual([200, expect.objectContaining({ id, email })]);
    expect(requests().filter(({ method }) => method === "GET")).toHaveLength(reads);
  }

  const body = { error: { code: "resource_missing", message: "No such customer: cus_missing" } };
  provider.faults.push({ kind: "response", status: 404, body, on: { path: "/v1/customers/cus_missing" } });
  const missing = await send(`${prefix}/customers/cus_missing`);
  const { message } = (await missing.json()) as { message: string };
  expect([missing.status, message]).toEqual([404, expect.stringContaining("No such customer")]);
}
