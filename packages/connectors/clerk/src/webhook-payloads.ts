import type { components } from "./generated/types.js";

type Schemas = components["schemas"];

/**
 * One event. The document of the API does not describe it; these members and the types of the events are those of Clerk's document of
 * webhooks: webhooks/2025-04-15.yml of https://github.com/clerk/openapi-specs, whose users, organizations and sessions are those of the API.
 */
export interface ClerkPayload<Type extends string = string, Data = unknown> {
  readonly object: "event";
  readonly type: Type;
  readonly data: Data;
  /** When it occurred, in milliseconds since the epoch. */
  readonly timestamp: number;
  readonly instance_id: string;
  readonly event_attributes?: {
    readonly http_request?: { readonly client_ip?: string; readonly user_agent?: string };
  };
}

/** Has more members than these. */
interface Message {
  readonly id: string;
  readonly object: string;
  readonly slug?: string | null;
  readonly user_id?: string | null;
  readonly status?: string;
  /** Of messages that your program sends itself, where this is false. */
  readonly delivered_by_clerk: boolean;
  readonly [name: string]: unknown;
}

/** What billing events have of a subscription, an item of it or a payment. Has more members than these. */
interface Billing<Status extends string> {
  readonly id: string;
  readonly status: Status;
  readonly created_at: number;
  readonly updated_at: number;
  /** Not of every item of a subscription. */
  readonly payer?: { readonly id: string; readonly user_id?: string; readonly organization_id?: string };
  readonly [name: string]: unknown;
}

type ItemEvent = "abandoned" | "active" | "canceled" | "created" | "ended" | "freeTrialEnding";
type LaterItemEvent = "incomplete" | "pastDue" | "upcoming" | "updated";
type Ended = "abandoned" | "active" | "canceled" | "ended" | "incomplete" | "past_due";

type DataByType = Record<`user.${"created" | "updated"}`, Schemas["User"]> &
  Record<`organization.${"created" | "updated"}`, Schemas["Organization"]> &
  Record<`organizationDomain.${"created" | "updated"}`, Schemas["OrganizationDomain"]> &
  Record<`organizationInvitation.${"accepted" | "created" | "revoked"}`, Schemas["OrganizationInvitation"]> &
  Record<`organizationMembership.${"created" | "deleted" | "updated"}`, Schemas["OrganizationMembership"]> &
  Record<`permission.${"created" | "updated"}`, Schemas["Permission"]> &
  Record<`role.${"created" | "updated"}`, Schemas["Role"]> &
  Record<
    `session.${"created" | "ended" | "pending" | "removed" | "revoked"}`,
    Schemas["Session"] & { user: Schemas["User"] }
  > &
  Record<`waitlistEntry.${"created" | "updated"}`, Schemas["WaitlistEntry"]> &
  Record<
    `${"organization" | "organizationDomain" | "permission" | "role" | "user"}.deleted`,
    Schemas["DeletedObject"]
  > &
  Record<`${"email" | "sms"}.created`, Message> &
  Record<`paymentAttempt.${"created" | "updated"}`, Billing<"failed" | "paid" | "pending">> &
  Record<`subscription.${"active" | "created" | "pastDue" | "updated"}`, Billing<Ended>> &
  Record<`subscriptionItem.${ItemEvent | LaterItemEvent}`, Billing<Ended | "upcoming">>;

/** Payloads by the type of the event. */
export type ClerkEvents = { readonly [Type in keyof DataByType]: ClerkPayload<Type, DataByType[Type]> };
