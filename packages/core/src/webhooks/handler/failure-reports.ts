import type { ReportedDelivery } from "../scheme/delivery.js";
import type { EndpointFacts } from "../scheme/webhook-scheme.js";

/** How the handler of an endpoint reports a failure. */
export interface FailureReports {
  readonly scheme: EndpointFacts;
  report(error: unknown, delivery: ReportedDelivery, isVerified?: boolean): void;
}

// The handler itself stays a plain function of a request.
const reportsOf = new WeakMap<object, FailureReports>();

/** Remembers how a handler reports, for the adapter that calls it. */
export function setFailureReports(handler: object, reports: FailureReports): void {
  reportsOf.set(handler, reports);
}

/** How a handler reports. Undefined where it was not created by `createWebhookHandler`. */
export function failureReportsOf(handler: object): FailureReports | undefined {
  return reportsOf.get(handler);
}
