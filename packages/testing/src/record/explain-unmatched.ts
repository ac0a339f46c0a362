import { isDeepStrictEqual } from "node:util";
import { nearestPath } from "../document/nearest.js";
import { isObject } from "../json/json-object.js";
import type { RecordedCall } from "./recording-file.js";

/** A recorded request, and how far it was replayed. */
export interface KnownRecording {
  readonly request: RecordedCall;
  readonly responses: readonly unknown[];
  readonly used: number;
}

const maxShown = 12;
const missing = Symbol("missing");

function show(value: unknown): string {
  if (value === missing) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}

/** Where two values differ, with what each has there. */
function* differences(recorded: unknown, sent: unknown, at: string): Generator<string> {
  const areObjects = isObject(recorded) && isObject(sent);
  if (areObjects || (Array.isArray(recorded) && Array.isArray(sent))) {
    const [one, other] = [recorded, sent] as Record<string, unknown>[];
    const names = new Set([...Object.keys(one as object), ...Object.keys(other as object)]);
    for (const name of names) {
      const member = (value: object | undefined) =>
        value && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : missing;
      yield* differences(member(one), member(other), at === "" ? name : `${at}.${name}`);
    }
  } else if (!isDeepStrictEqual(recorded, sent)) yield `${at}: recorded ${show(recorded)}, sent ${show(sent)}`;
}

const pathOf = ({ url }: RecordedCall) => new URL(url).pathname;

function nearest(sent: RecordedCall, known: readonly KnownRecording[]): KnownRecording | undefined {
  const count = ({ request }: KnownRecording) => [...differences(request, sent, "")].length;
  const closest = (candidates: readonly KnownRecording[]) =>
    candidates.reduce<KnownRecording | undefined>(
      (best, one) => (best === undefined || count(one) < count(best) ? one : best),
      undefined,
    );
  const ofOperation = known.filter(({ request }) => request.operation === sent.operation);
  if (ofOperation.length > 0) return closest(ofOperation);
  const path = nearestPath(
    pathOf(sent),
    known.map(({ request }) => pathOf(request)),
  );
  return closest(known.filter(({ request }) => pathOf(request) === path));
}

/** A request on one line: `GET https://api.stripe.com/v1/customers/cus_1 (GET /v1/customers/{customer})`. */
export function requestLine({ operation, method, url, query = {} }: RecordedCall): string {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])),
  ).toString();
  return `${method} ${url}${search && `?${search}`} (${operation})`;
}

/** Says why no recording responds to a request, with the recording that is most similar to it. */
export function explainUnmatched(sent: RecordedCall, known: readonly KnownRecording[], file: string): string {
  const again = `Record it with CONNECTRY_RECORD=1 (${file}).`;
  const line = requestLine(sent);
  const similar = nearest(sent, known);
  if (similar === undefined) return `no recording of ${line}: the file has no recordings. ${again}`;
  const differing = [...differences(similar.request, sent, "")];
  if (differing.length === 0) {
    return `no further recording of ${line}: it was recorded ${similar.used} times, and all of them were replayed. ${again}`;
  }
  const listed = differing.slice(0, maxShown);
  const rest = differing.length > listed.length ? [`... and ${differing.length - listed.length} more`] : [];
  const lines = [...listed, ...rest].map((text) => `  - ${text}`).join("\n");
  return `no recording of ${line}. The nearest is ${requestLine(similar.request)}:\n${lines}\n${again}`;
}
