import type { DocumentPin } from "../source/document-pin.js";
import type { DoctorFacts } from "./doctor-facts.js";
import type { GraphqlFacts } from "./graphql-facts.js";
import type { WebhookFacts } from "./webhook-facts.js";

/** The content of specs/<provider>/spec.yaml. All paths are absolute. */
export interface ProviderSpec {
  readonly provider: string;
  /** The folder with spec.yaml and surface.txt. */
  readonly folder: string;
  /** The path of spec.yaml. */
  readonly file: string;
  /** The connector's profile.ts. Required to generate, not to pull. */
  readonly profile?: string;
  /** The folder of the generated code. Required to generate, not to pull. */
  readonly output?: string;
  /** Its OpenAPI documents: none of an API of GraphQL alone. */
  readonly documents: readonly DocumentPin[];
  /** Where the first document describes the webhook events. */
  readonly webhooks?: WebhookFacts;
  /** The schema of its GraphQL API. */
  readonly graphql?: GraphqlFacts;
  /** What `connectry doctor` needs to know. */
  readonly doctor?: DoctorFacts;
}

/** All that is pinned: the documents, then the schema of GraphQL. */
export function pinsOf({ documents, graphql }: ProviderSpec): readonly DocumentPin[] {
  return graphql === undefined ? documents : [...documents, graphql.schema];
}
