/**
 * One event. HubSpot's OpenAPI documents do not describe it; these fields are in the examples of its documentation. For a
 * field that is not here, cast the payload: `payload as unknown as Record<string, unknown>`.
 * https://developers.hubspot.com/docs/api-reference/webhooks-webhooks-v3/guide
 */
export interface HubspotPayload {
  readonly subscriptionType: string;
  readonly eventId: number;
  readonly subscriptionId: number;
  readonly portalId: number;
  readonly appId: number;
  readonly occurredAt: number;
  readonly attemptNumber: number;
  readonly objectId?: number;
  readonly objectTypeId?: string;
  readonly changeFlag?: string;
  readonly changeSource?: string;
  readonly sourceId?: string;
  readonly propertyName?: string;
  readonly propertyValue?: string;
  readonly primaryObjectId?: number;
  readonly mergedObjectIds?: readonly number[];
  readonly newObjectId?: number;
  readonly numberOfPropertiesMoved?: number;
  readonly associationType?: string;
  readonly fromObjectId?: number;
  readonly toObjectId?: number;
  readonly associationRemoved?: boolean;
  readonly isPrimaryAssociation?: boolean;
  readonly messageId?: string;
  readonly messageType?: string;
}

/**
 * A request of a workflow, a card or a UI extension: its body, or the query of a GET. What it contains depends on its
 * definition; these are the fields of workflow actions and of cards.
 * https://developers.hubspot.com/docs/api-reference/automation-actions-v4-v4/custom-action-guide
 * https://developers.hubspot.com/docs/api-reference/crm-public-app-crm-cards-v3/guide
 */
export interface HubspotRequest {
  readonly callbackId?: string;
  readonly origin?: { readonly portalId?: number; readonly actionDefinitionId?: number };
  readonly context?: { readonly source?: string; readonly workflowId?: number };
  readonly object?: {
    readonly objectId?: number;
    readonly objectType?: string;
    readonly properties?: Readonly<Record<string, unknown>>;
  };
  readonly inputFields?: Readonly<Record<string, unknown>>;
  readonly portalId?: string;
  readonly userId?: string;
  readonly userEmail?: string;
  readonly associatedObjectId?: string;
  readonly associatedObjectType?: string;
}

type HubspotObject = "contact" | "company" | "deal" | "ticket" | "product" | "line_item" | "object";
type HubspotChange = "creation" | "deletion" | "merge" | "restore" | "propertyChange" | "associationChange";

/** The documented types of subscriptions. */
export type HubspotSubscriptionType =
  | `${HubspotObject}.${HubspotChange}`
  | "contact.privacyDeletion"
  | `conversation.${"creation" | "deletion" | "privacyDeletion" | "propertyChange" | "newMessage"}`;

/** Payloads by the type of the subscription, such as `contact.creation`. Requests that are not events are `unknown`. */
export interface HubspotEvents extends Readonly<Record<HubspotSubscriptionType, HubspotPayload>> {
  readonly unknown: HubspotRequest;
}
