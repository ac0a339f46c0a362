import type { ProviderProfile } from "@connectry/core";
import qs from "qs";
import { afterAll, beforeEach } from "vitest";
import { type FakeProvider, fakeProvider } from "../src/provider/fake-provider.js";
import { readStripeDocument, readStripeProfile } from "./stripe.js";

/** Stripe's document and profile, and a fake provider made from them. They are set before the first test. */
export let document: Record<string, unknown>;
export let profile: ProviderProfile;
export let stripe: FakeProvider;

async function prepare(): Promise<void> {
  document = readStripeDocument();
  profile = await readStripeProfile();
  stripe = await fakeProvider({ document, profile, unknownIds: "sample" });
}

/** Starts a fake Stripe for the tests of a file. */
export function serveStripe(): void {
  let prepared: Promise<void> | undefined;
  // Before each test instead of once: without the document every test fails, and none is skipped.
  beforeEach(() => {
    prepared ??= prepare();
    return prepared;
  }, 60_000);
  afterAll(() => stripe?.close());
}

const formType = "application/x-www-form-urlencoded";

/** The credential that requests carry. */
export const authorization = "Bearer sk_test_canary";

/** The parts of a request beside its method and path. */
export interface RequestParts {
  /** The fields of the form. */
  readonly form?: object | undefined;
  readonly headers?: Record<string, string>;
  /** The server, by default the one that the tests share. */
  readonly url?: string;
}

/** Sends a form to a fake Stripe. */
export async function send(method: string, path: string, { form, headers, url = stripe.url }: RequestParts = {}) {
  const response = await fetch(`${url}${path}`, {
    method,
    body: form === undefined ? undefined : qs.stringify(form),
    headers: { authorization, "content-type": formType, ...headers },
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith("{") ? JSON.parse(text) : undefined,
  };
}
