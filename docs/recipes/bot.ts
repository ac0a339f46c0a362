import { memoryInbox } from "@connectry/core/webhooks";
import type { createSlack } from "@connectry/slack";
import { webhooks } from "@connectry/slack/webhooks";

/** Responds to each mention once, although Slack delivers an event again when a response is late. */
export function createBot(slack: ReturnType<typeof createSlack>, signingSecret: string) {
  return webhooks.handler({
    secrets: signingSecret,
    inbox: memoryInbox(), // with several processes: redisInbox of @connectry/core/redis
    on: {
      app_mention: async ({ payload }) => {
        const { channel, user } = payload.event as { channel: string; user: string };
        await slack.POST("/chat.postMessage", { body: { channel, text: `Hello, <@${user}>.` } });
      },
    },
    otherwise: () => {},
  });
}
