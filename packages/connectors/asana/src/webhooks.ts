import { asana, createWebhooks, type Webhooks } from "@connectry/core/webhooks";
import type { EventResponse } from "./generated/types.js";

export * from "@connectry/core/connector-webhooks";
export type { EventResponse };

/** What was done: https://developers.asana.com/docs/webhooks-guide#actions. */
export type AsanaAction = "added" | "changed" | "deleted" | "removed" | "undeleted";

/** What it was done to: https://developers.asana.com/docs/webhooks-guide#resources-and-actions, which "is not an exhaustive list". */
export type AsanaResourceType =
  | "attachment"
  | "goal"
  | "portfolio"
  | "project"
  | "project_membership"
  | "project_template"
  | "section"
  | "story"
  | "tag"
  | "task"
  | "team"
  | "team_membership"
  | "workspace"
  | "workspace_membership";

/** Payloads by the type of the event, `task.changed`. They are compact: read from the API what changed. */
export type AsanaEvents = Readonly<Record<`${AsanaResourceType}.${AsanaAction}`, EventResponse>>;

/** Asana's webhooks. The secret comes with the first request, which `onSecret` accepts; a delivery has several events, or none. */
export const webhooks: Webhooks<AsanaEvents> = createWebhooks(asana);
