import type { FakeProvider } from "@connectry/testing";
import { expect } from "vitest";
import { deliver, eventOf } from "./deliver.ts";

/**
 * Delivers that a customer was deleted to an example that creates it again after its response. The provider asks for a pause of two
 * seconds first, so that a response which waits for the work would come after its end.
 */
export async function expectRestored(provider: FakeProvider, send: Parameters<typeof deliver>[1]): Promise<void> {
  provider.faults.length = 0;
  const earlier = provider.requests.length;
  const statuses = () => provider.requests.slice(earlier).map(({ status }) => status);
  const headers = { "retry-after": "2" };
  provider.faults.push({ kind: "response", status: 429, headers, on: { method: "POST", path: "/v1/customers" } });
  const event = eventOf("evt_restored", "customer.deleted", { id: "cus_1", email: "ada@example.com" });
  expect(await deliver(event, send)).toBe(204);
  expect(statuses()).not.toContain(200);
  await expect.poll(statuses, { timeout: 30_000 }).toEqual([429, 200]);
  // The event is known now.
  await expect.poll(() => deliver(event, send), { timeout: 30_000 }).toBe(204);
  expect(statuses()).toEqual([429, 200]);
}
