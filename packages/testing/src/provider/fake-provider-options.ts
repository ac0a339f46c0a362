import type { Clock, ProviderFacts, ProviderProfile } from "@connectry/core";
import type { DocumentSource } from "../document/read-document.js";
import type { DemandedCredential } from "../request/check-credential.js";
import type { Quota } from "./quota.js";

/** What a fake provider is made from. */
export interface FakeProviderOptions {
  /** The provider's OpenAPI 3.0 or 3.1 document, parsed or as the path of a JSON file; a list where it has several. */
  readonly document: DocumentSource | readonly DocumentSource[];
  /** The profile of its connector: auth, paging, error shape, idempotency, body and query styles. */
  readonly profile: ProviderProfile;
  /** The connector's generated facts: what single operations do otherwise. */
  readonly facts?: ProviderFacts | undefined;
  /** The one credential that is let in, in the form that the client's `auth` takes. @default any */
  readonly credential?: DemandedCredential | undefined;
  /**
   * A rate limit to enforce: requests beyond it are refused as the provider does, by the profile's rules for what is
   * throttled, and answers say what is left in the profile's `rateLimitHeaders`. @default none
   */
  readonly quota?: Quota | undefined;
  /** The time that quotas are counted by. @default the machine's */
  readonly clock?: Pick<Clock, "now"> | undefined;
  /** Items on a page where the request does not say. @default 10 */
  readonly pageSize?: number | undefined;
  /** Items of a list that was not seeded. @default 25 */
  readonly listLength?: number | undefined;
}
