import type { Block, KnownBlock, MessageAttachment, SlackEvent, View } from "@slack/types";

/** The blocks of a message or a view: https://docs.slack.dev/reference/block-kit/blocks */
export type SlackBlocks = (KnownBlock | Block)[];

/** A modal or a Home tab: https://docs.slack.dev/reference/views */
export type SlackView = View;

/** The attachments of a message: https://docs.slack.dev/messaging/formatting-message-text#attachments */
export type SlackAttachments = MessageAttachment[];

/** The event of a type, such as `app_mention`: `payload.event as SlackEventOf<"app_mention">`. https://docs.slack.dev/reference/events */
export type SlackEventOf<Type extends SlackEvent["type"]> = Extract<SlackEvent, { type: Type }>;
