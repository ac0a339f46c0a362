import { createWebhooks, standardWebhooks, type Webhooks } from "@connectry/core/webhooks";
import type { OpenaiEvents } from "./generated/webhooks.js";

export * from "@connectry/core/connector-webhooks";
export type { OpenaiEvents };

/** OpenAI's webhooks, by Standard Webhooks (https://platform.openai.com/docs/guides/webhooks): every event of the document by its type. */
export const webhooks: Webhooks<OpenaiEvents> = createWebhooks(standardWebhooks);
