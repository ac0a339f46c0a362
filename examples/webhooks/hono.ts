// Hono passes on the platform's Request, so no adapter is needed.
import { webhooks } from "@connectry/github/webhooks";
import { Hono } from "hono";

const onGithub = webhooks.handler({
  secrets: () => process.env.GITHUB_WEBHOOK_SECRET,
  on: {
    "issues.opened": ({ payload }) => console.log(`#${payload.issue.number} ${payload.issue.title}`),
    push: ({ payload }) => console.log(`${payload.ref} is at ${payload.after}`),
  },
});

export const app = new Hono().post("/webhooks/github", (context) => onGithub(context.req.raw));
