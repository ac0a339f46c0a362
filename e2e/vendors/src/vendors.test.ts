import { signWebhook, verifySignature } from "@connectry/core/webhooks";
import { expect, test } from "vitest";
import { publicKeys } from "./public-keys.ts";
import { signingPackages } from "./signing-packages.ts";
import { standardWebhooks } from "./standard-webhooks.ts";
import { type Sent, url, type Vendor } from "./vendor.ts";
import { verifyingPackages } from "./verifying-packages.ts";

const vendors = [...signingPackages, ...verifyingPackages, ...standardWebhooks, ...publicKeys];
// What JSON and URLs escape, other scripts, and characters outside of the basic plane.
const texts = ["plain", "ü, 日本語 and 𝒳", 'quote " back\\slash /slash', "a=b&c=d+e %20", "line\nline\ttab", ""];

async function signByUs(vendor: Vendor, text: string): Promise<Sent> {
  const { scheme, secret, signingSecret = secret, privateKey, headers = {} } = vendor;
  const request = await signWebhook(scheme, vendor.body(text), {
    secret: signingSecret,
    url,
    headers,
    ...(privateKey === undefined ? {} : { privateKey }),
  });
  return { url: request.url, headers: Object.fromEntries(request.headers), body: await request.text() };
}

const acceptedByUs = ({ scheme }: Vendor, sent: Sent, secret: string) =>
  verifySignature(scheme, sent, { secrets: secret }).then(
    () => true,
    (error: Error) => {
      if (error.name !== "WebhookVerificationError") throw error;
      return false;
    },
  );
// A package says no by `false`, or by an error.
const acceptedByVendor = async (vendor: Vendor, sent: Sent, secret: string) => {
  try {
    return await vendor.verify(sent, secret);
  } catch {
    return false;
  }
};
const acceptedBy = async (vendor: Vendor, sent: Sent, secret = vendor.secret) => ({
  ours: await acceptedByUs(vendor, sent, secret),
  theirs: await acceptedByVendor(vendor, sent, secret),
});

/** Changes of what is signed, and of the signature, in the headers and in the body. */
function tampered(sent: Sent, { changes }: Vendor): Sent[] {
  const { headers, body } = sent;
  return changes.flatMap((change): Sent[] => {
    if ("body" in change) return [{ ...sent, body: body.replace(change.body, change.by) }];
    const value = headers[change.header] ?? "";
    return [
      { ...sent, headers: { ...headers, [change.header]: value.replace(/[A-Za-z0-9](?=[^,; ]{8}[^,; ]*$)/, flip) } },
      { ...sent, headers: { ...headers, [change.header]: "" } },
    ];
  });
}
const flip = (letter: string) => (letter === "7" ? "8" : "7");

const named = (some: readonly Vendor[]) => some.map((vendor) => [vendor.name, vendor] as const);
const isSignedByUs = (vendor: Vendor) => vendor.body("") !== undefined;
const signers = vendors.filter((vendor) => vendor.sign !== undefined);

test.each(named(vendors.filter(isSignedByUs)))(
  "R36: %s accepts what signWebhook signs, and so do we",
  async (_, vendor) => {
    for (const text of texts) {
      const sent = await signByUs(vendor, text);
      expect([text, await acceptedBy(vendor, sent)]).toEqual([text, { ours: true, theirs: true }]);
    }
  },
);

test.each(named(signers))("R36: what %s signs is accepted", async (_, vendor) => {
  for (const text of texts) {
    const sent = await vendor.sign?.(text, vendor.secret);
    expect([text, await acceptedBy(vendor, sent as Sent)]).toEqual([text, { ours: true, theirs: true }]);
  }
});

test.each(named(vendors))("R37: %s rejects, as we do, a changed delivery and another secret", async (_, vendor) => {
  const sent = isSignedByUs(vendor)
    ? await signByUs(vendor, "plain")
    : ((await vendor.sign?.("plain", vendor.secret)) as Sent);
  const changed = tampered(sent, vendor);
  expect(changed.length).toBeGreaterThan(0);
  for (const one of changed) {
    expect([one, await acceptedBy(vendor, one)]).toEqual([one, { ours: false, theirs: false }]);
  }
  for (const other of vendor.otherSecret === undefined ? [] : [vendor.otherSecret]) {
    expect(await acceptedBy(vendor, sent, other)).toEqual({ ours: false, theirs: false });
  }
});
