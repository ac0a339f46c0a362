// The life of a call as a timeline: what an observer recorded of a call on a fake Stripe, by a clock that waits do not take time of.
import { loadDocuments } from "@connectry/codegen";
import { type CallRecord, createObserver } from "@connectry/core/observe";
import { createStripe, facts, profile } from "@connectry/stripe";
import { fakeHandler, instantClock, seededRandom } from "@connectry/testing";
import { box, label, svg } from "./svg.ts";

/** A write that gets a 503, then a 429 with `Retry-After: 1`, then its response; each takes a while. */
export async function recordCall(): Promise<CallRecord> {
  const fake = fakeHandler({ document: (await loadDocuments("stripe")).map(({ json }) => json), profile, facts });
  fake.faults.push(
    { kind: "response", status: 503 },
    { kind: "response", status: 429, headers: { "retry-after": "1" } },
  );
  const clock = instantClock();
  const delays = [180, 60, 140];
  const fetchAfterDelay = async (...request: Parameters<typeof fetch>) => {
    await clock.sleep(delays.shift() ?? 0);
    return fake.fetch(...request);
  };
  const records: CallRecord[] = [];
  const observe = createObserver({ onCall: (call) => void records.push(call) });
  const options = { auth: "sk_test_any", fetch: fetchAfterDelay, clock, random: seededRandom(3), observe };
  await createStripe(options).POST("/v1/customers", { body: { email: "ada@example.com" } });
  const [record] = records;
  if (record === undefined) throw new Error("The call was not recorded.");
  return record;
}

/** The picture of a recorded call. */
export function timelinePicture({ operation, startedAtMs, durationMs, attempts }: CallRecord): string {
  const [left, width, row] = [120, 600, 44];
  const at = (ms: number) => left + (ms / durationMs) * width;
  const parts = [
    label(operation, { x: 12, y: 26 }),
    box({ x: left, y: 36, width, height: 10 }, "#b9c4d0"),
    label(`${Math.round(durationMs)} ms`, { x: left + width + 8, y: 46 }),
  ];
  for (const [index, attempt] of attempts.entries()) {
    const y = 62 + index * row;
    const from = attempt.startedAtMs - startedAtMs;
    const previous = attempts[index - 1];
    const idle = previous ? previous.startedAtMs - startedAtMs + previous.providerMs : 0;
    if (from > idle) {
      parts.push(box({ x: at(idle), y: y + 4, width: at(from) - at(idle), height: 10 }, "#fbe7c6"));
      parts.push(label(`waits ${Math.round(from - idle)} ms`, { x: at(idle), y: y + 30 }));
    }
    parts.push(label(`attempt ${attempt.number}`, { x: 12, y: y + 14 }));
    parts.push(
      box(
        { x: at(from), y, width: Math.max(2, (attempt.providerMs / durationMs) * width), height: 18 },
        attempt.status === 200 ? "#8fcea0" : "#f0a8a0",
      ),
    );
    parts.push(label(`${attempt.status}`, { x: at(from + attempt.providerMs) + 4, y: y + 14 }));
  }
  const title = `${operation}: ${attempts.map(({ status }) => status).join(", then ")}, in ${Math.round(durationMs)} ms`;
  return svg({ width: 800, height: 76 + attempts.length * row }, title, parts);
}
