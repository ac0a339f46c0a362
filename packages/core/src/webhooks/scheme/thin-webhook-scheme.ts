import type { JsonPath } from "../../platform/json-path.js";
import type { EndpointFacts } from "./webhook-scheme.js";

/**
 * How a provider notifies of a change without a signature: with nothing but the id of the object that has changed. Such a scheme of your own
 * has the same fields.
 */
export interface ThinWebhookScheme<Kind extends string = string> extends Pick<EndpointFacts, "id" | "name"> {
  /** Where the body, a form or JSON, has the id. */
  readonly idPath: JsonPath;
  /** What the ids of each kind of object look like. Nothing else is fetched. They are tested before anything is verified: in linear time. */
  readonly objects: Readonly<Record<Kind, RegExp>>;
  /** The status of a success, where the provider accepts no other. @default 204 */
  readonly successStatus?: 200;
}
