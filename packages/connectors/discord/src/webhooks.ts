import { createWebhooks, discord, discordEvents, type Webhooks } from "@connectry/core/webhooks";

export * from "@connectry/core/connector-webhooks";

/**
 * The events to which an application can subscribe: https://docs.discord.com/developers/events/webhook-events#event-types. Their payload
 * is the whole delivery, with `event.data`, which Discord's document does not describe.
 */
export interface DiscordEvents {
  APPLICATION_AUTHORIZED: unknown;
  APPLICATION_DEAUTHORIZED: unknown;
  ENTITLEMENT_CREATE: unknown;
  ENTITLEMENT_UPDATE: unknown;
  ENTITLEMENT_DELETE: unknown;
  QUEST_USER_ENROLLMENT: unknown;
  LOBBY_MESSAGE_CREATE: unknown;
  LOBBY_MESSAGE_UPDATE: unknown;
  LOBBY_MESSAGE_DELETE: unknown;
  GAME_DIRECT_MESSAGE_CREATE: unknown;
  GAME_DIRECT_MESSAGE_UPDATE: unknown;
  GAME_DIRECT_MESSAGE_DELETE: unknown;
}

/** Discord's webhook events, signed by Ed25519 with the key of the application. */
export const webhooks: Webhooks<DiscordEvents> = createWebhooks(discordEvents);

/** Discord's interactions (commands, components, forms), to which a handler returns a `Response`. Their type is the command's name. */
export const interactions: Webhooks<Record<string, unknown>> = createWebhooks(discord);
