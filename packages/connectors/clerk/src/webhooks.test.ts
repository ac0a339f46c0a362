import { signWebhook } from "@connectry/testing";
import { expect, expectTypeOf, test } from "vitest";
import type { User } from "./generated/types.js";
import { type ClerkEvents, webhooks } from "./webhooks.js";

const secret = "whsec_dGVzdF9zaWduaW5nX3NlY3JldF8zMl9jaGFyc19sb25n";
// https://clerk.com/docs/guides/development/webhooks/overview#payload-structure
const created = {
  data: { id: "user_29w83sxmDNGwOuEthce5gg56FcC", object: "user", first_name: "Example" },
  instance_id: "ins_123",
  object: "event",
  timestamp: 1_654_012_591_835,
  type: "user.created",
};

test("a handler of a new user gets the user as the API has it", async () => {
  const ids: string[] = [];
  const POST = webhooks.handler({
    secrets: secret,
    on: {
      "user.created": ({ payload }) => {
        expectTypeOf(payload.data).toEqualTypeOf<User>();
        ids.push(`${payload.data.id} of ${payload.instance_id}`);
      },
    },
  });
  const { status } = await POST(await signWebhook(webhooks.scheme, created, { secret }));
  expect([status, ids]).toEqual([204, ["user_29w83sxmDNGwOuEthce5gg56FcC of ins_123"]]);
});

/** `x-webhooks` of webhooks/2025-04-15.yml of https://github.com/clerk/openapi-specs */
type Documented =
  | `email.created`
  | `organization.${"created" | "deleted" | "updated"}`
  | `organizationDomain.${"created" | "deleted" | "updated"}`
  | `organizationInvitation.${"accepted" | "created" | "revoked"}`
  | `organizationMembership.${"created" | "deleted" | "updated"}`
  | `paymentAttempt.${"created" | "updated"}`
  | `permission.${"created" | "deleted" | "updated"}`
  | `role.${"created" | "deleted" | "updated"}`
  | `session.${"created" | "ended" | "pending" | "removed" | "revoked"}`
  | `sms.created`
  | `subscription.${"active" | "created" | "pastDue" | "updated"}`
  | `subscriptionItem.${"abandoned" | "active" | "canceled" | "ended" | "freeTrialEnding" | "incomplete" | "pastDue" | "upcoming" | "updated"}`
  | `user.${"created" | "deleted" | "updated"}`
  | `waitlistEntry.${"created" | "updated"}`;

test("the events of Clerk's document of webhooks are typed, and one of its package, each by its own type", () => {
  expectTypeOf<keyof ClerkEvents>().toEqualTypeOf<Documented | "subscriptionItem.created">();
  expectTypeOf<ClerkEvents["session.created"]["data"]["user"]>().toEqualTypeOf<User>();
  expectTypeOf<ClerkEvents["organization.deleted"]["data"]["deleted"]>().toEqualTypeOf<boolean>();
  expectTypeOf<ClerkEvents["subscription.pastDue"]["type"]>().toEqualTypeOf<"subscription.pastDue">();
});
