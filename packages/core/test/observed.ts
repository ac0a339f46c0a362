import type { CallRecord, CallStart, ClientRecord, DeliveryRecord, Observer } from "../src/observe/index.js";
import { createObserver } from "../src/observe/index.js";

/** An observer that keeps what it is notified of. */
export function recorder(): {
  readonly observer: Observer;
  readonly clients: ClientRecord[];
  readonly starts: CallStart[];
  readonly calls: CallRecord[];
  readonly deliveries: DeliveryRecord[];
} {
  const clients: ClientRecord[] = [];
  const starts: CallStart[] = [];
  const calls: CallRecord[] = [];
  const deliveries: DeliveryRecord[] = [];
  const observer = createObserver({
    onClient: (client) => void clients.push(client),
    onStart: (start) => void starts.push(start),
    onCall: (call) => void calls.push(call),
    onDelivery: (delivery) => void deliveries.push(delivery),
  });
  return { observer, clients, starts, calls, deliveries };
}
