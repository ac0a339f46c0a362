import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Two responses of Stripe, for programs that only have to run. */
export async function startStripeStub(): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.method === "POST")
      response.end(JSON.stringify({ id: "cus_1", object: "customer", email: "ada@example.com" }));
    else
      response.writeHead(404).end(JSON.stringify({ error: { message: "No such customer", code: "resource_missing" } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
