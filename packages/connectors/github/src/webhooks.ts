import { createWebhooks, github, type Webhooks } from "@connectry/core/webhooks";
import type { GithubEvents } from "./generated/webhooks.js";

export * from "@connectry/core/connector-webhooks";
export type { GithubEvents };

/** GitHub's webhooks: every event of the document by its name, with and without its action, such as `pull_request.opened`. */
export const webhooks: Webhooks<GithubEvents> = createWebhooks(github);
