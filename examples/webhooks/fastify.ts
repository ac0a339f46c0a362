// Fastify: its JSON parser would consume the bytes that are signed, so this scope passes on every body as bytes.
import { type TwilioPayload, toNodeHandler, webhooks } from "@connectry/twilio/webhooks";
import fastify from "fastify";

const onTwilio = webhooks.handler({
  secrets: () => process.env.TWILIO_AUTH_TOKEN,
  // Twilio signs the URL that it calls. Behind a proxy the request has another URL.
  publicUrl: process.env.PUBLIC_URL,
  otherwise: ({ payload }) => {
    const { Body = "" } = payload as TwilioPayload;
    const text = Body.replace(/[<&]/g, " ");
    return new Response(`<Response><Message>You said: ${text}</Message></Response>`, {
      headers: { "content-type": "text/xml" },
    });
  },
});

export const app = fastify();
app.register(async (scope) => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  scope.post("/webhooks/twilio", toNodeHandler(onTwilio));
});
