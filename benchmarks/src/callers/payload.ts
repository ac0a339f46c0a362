/** The body of every response: one object that every client accepts, so that all of them read the same bytes. */
export const payload = JSON.stringify({
  ok: true,
  id: "obj_1",
  sid: "obj_1",
  object: "customer",
  name: "Ada Lovelace",
  email: "ada@example.com",
  created: 1_700_000_000,
  createdAt: "2024-01-01T00:00:00.000Z",
  updatedAt: "2024-01-02T00:00:00.000Z",
  archived: false,
  status: "active",
  description: "Notes on the analytical engine, with a method for computing Bernoulli numbers by its operation cards.",
  channel: { id: "obj_1", name: "engine", is_channel: true, is_archived: false },
  properties: { email: "ada@example.com", firstname: "Ada", lastname: "Lovelace" },
  address: { line1: "12 St James's Square", line2: null, city: "London", postal_code: "SW1Y 4LB", country: "GB" },
  metadata: { order: "6735", source: "benchmark" },
});

/** The headers of every response. */
export const payloadHeaders = { "content-type": "application/json", "content-length": String(payload.length) };

/** Throws unless a call gave the object: what is measured must be whole calls. */
export function expectObject(data: unknown): void {
  if (!JSON.stringify(data).includes('"obj_1"')) {
    throw new Error(`the call did not return the object: ${JSON.stringify(data).slice(0, 200)}`);
  }
}

/** A `fetch` that responds at once. */
export async function stubFetch(): Promise<Response> {
  return new Response(payload, { status: 200, headers: payloadHeaders });
}
