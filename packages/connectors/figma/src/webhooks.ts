import { createWebhooks, figma, type Webhooks } from "@connectry/core/webhooks";
import type { FigmaEvents } from "./generated/webhooks.js";

export * from "@connectry/core/connector-webhooks";
export type { FigmaEvents };

/** Figma's webhooks, version 2: every event of the document by its type. Each has the webhook's passcode, and no signature. */
export const webhooks: Webhooks<FigmaEvents> = createWebhooks(figma);
