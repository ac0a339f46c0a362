import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createWebhooks, signWebhook, stripe } from "@connectry/core/webhooks";
import { onTestFinished, vi } from "vitest";

/** The secret of the examples. */
export const secret = "whsec_examples";
// In UTF-8 some of these characters have more than one byte, so that a body that is decoded wrongly does not verify.
const paid = (id: string) => ({
  id,
  type: "invoice.paid",
  data: { object: { id: `in_${id}`, customer_name: "Łódź 😀" } },
});
/** A delivery of an event with this id. */
export const signed = (id: string, by = secret) => signWebhook(stripe, paid(id), { secret: by });

/** Captures the lines that an example logs. */
export function captureLog(): string[] {
  vi.stubEnv("STRIPE_WEBHOOK_SECRET", secret);
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  vi.spyOn(console, "warn").mockImplementation(() => {});
  return lines;
}

/** A handler that records why it rejected deliveries. */
export function mistaken() {
  const messages: string[] = [];
  const handler = createWebhooks(stripe).handler({
    secrets: secret,
    otherwise: () => {},
    onError: (error) => void messages.push((error as Error).message),
  });
  return { handler, messages };
}

/** Listens on a port of its own, and returns the URL of a webhook there. */
export async function listen(listener: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`;
}

/** Sends a delivery over a socket. */
export async function post(delivery: Request, url: string): Promise<number> {
  return (await fetch(url, { method: "POST", headers: delivery.headers, body: await delivery.arrayBuffer() })).status;
}
