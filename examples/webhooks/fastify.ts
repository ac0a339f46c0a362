// Fastify: its JSON parser would leave nothing of the signed bytes, so this scope keeps every body as it is.
import { type TwilioPayload, toNodeHandler, webhooks } from "@connectry/twilio/webhooks";
import fastify from "fastify";

const onTwilio = webhooks.handler({
  secrets: () => process.env.TWILIO_AUTH_TOKEN,
  // Twilio signs the address that it calls. Behind a proxy another one arrives here.
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
