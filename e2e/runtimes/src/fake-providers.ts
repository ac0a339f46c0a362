import { loadDocuments } from "@connectry/codegen";
import * as github from "@connectry/github";
import * as slack from "@connectry/slack";
import * as stripe from "@connectry/stripe";
import { type FakeProvider, type FakeProviderOptions, fakeProvider } from "@connectry/testing";
import type { Addresses } from "./programs/check.ts";

/** The providers that the programs call, made from their documents. */
export type FakeProviders = Readonly<Record<keyof Addresses, FakeProvider>>;

async function start(
  id: string,
  { profile, facts }: Pick<FakeProviderOptions, "profile" | "facts">,
  credential: string,
) {
  const documents = (await loadDocuments(id)).map(({ json }) => json);
  return await fakeProvider({ document: documents, profile, facts, credential, unknownIds: "sample" });
}

/** Starts Stripe alone. */
export const startStripe = () => start("stripe", stripe, "sk_test_runtime");

/** Starts all of them; each accepts only the credential that the programs send. */
export async function startFakeProviders(): Promise<FakeProviders> {
  return {
    stripe: await startStripe(),
    github: await start("github", github, "ghp_runtime"),
    slack: await start("slack", slack, "xoxb-runtime"),
  };
}
