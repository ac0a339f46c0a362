import { HttpRequest, HttpResponse } from "@azure/functions";
import {
  createWebhooks,
  stripe,
  toAzureHandler,
  toKoaMiddleware,
  toLambdaHandler,
  toNodeHandler,
} from "@connectry/core/webhooks";
import { redisServer } from "@connectry/testing";
import { bodyParser } from "@koa/bodyparser";
import middy from "@middy/core";
import httpJsonBodyParser from "@middy/http-json-body-parser";
import type {
  ALBEvent,
  ALBHandler,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
} from "aws-lambda";
import express from "express";
import Koa from "koa";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { captureLog, listen, mistaken, post, secret, signed } from "../test/deliveries.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const base64 = async (delivery: Request) => Buffer.from(await delivery.arrayBuffer()).toString("base64");

/** A delivery as API Gateway passes it on in the payload format 1.0. */
const eventV1 = async (delivery: Request) =>
  ({
    httpMethod: "POST",
    path: "/webhooks/stripe",
    headers: null,
    multiValueHeaders: Object.fromEntries([...delivery.headers].map(([name, value]) => [name, [value]])),
    requestContext: { domainName: "id.execute-api.eu-west-1.amazonaws.com", path: "/prod/webhooks/stripe" },
    body: await delivery.text(),
    isBase64Encoded: false,
  }) as unknown as APIGatewayProxyEvent;

/** A delivery as API Gateway passes it on in the payload format 2.0, and as a function URL does. */
const eventV2 = async (delivery: Request) =>
  ({
    version: "2.0",
    rawPath: "/webhooks/stripe",
    rawQueryString: "",
    headers: Object.fromEntries(delivery.headers),
    requestContext: { domainName: "id.execute-api.eu-west-1.amazonaws.com", http: { method: "POST" } },
    body: await base64(delivery),
    isBase64Encoded: true,
  }) as unknown as APIGatewayProxyEventV2;

test("examples/webhooks/lambda.ts accepts Stripe's events by API Gateway, function URLs and load balancers", async () => {
  const redis = await redisServer();
  onTestFinished(() => redis.close());
  vi.stubEnv("REDIS_URL", redis.url);
  const lines = captureLog();
  const { handler, close } = await import("./lambda.ts");
  onTestFinished(() => close());
  const v1 = await eventV1(await signed("evt_1"));
  const delivery = await signed("evt_3");
  const alb: ALBEvent = {
    httpMethod: "POST",
    path: "/webhooks/stripe",
    headers: { ...Object.fromEntries(delivery.headers), host: "hooks.example.com", "x-forwarded-proto": "https" },
    requestContext: { elb: { targetGroupArn: "arn" } },
    body: await base64(delivery),
    isBase64Encoded: true,
  };
  const v2 = await eventV2(await signed("evt_2"));
  const results = [await handler(v1), await handler(v2), await handler(alb), await handler(v2)];
  expect(results.map(({ statusCode }) => statusCode)).toEqual([204, 204, 204, 204]);
  expect(lines).toEqual(["in_evt_1 is paid", "in_evt_2 is paid", "in_evt_3 is paid"]);
  expect(await handler(await eventV2(await signed("evt_4", "whsec_wrong")))).toMatchObject({
    statusCode: 401,
    body: '{"error":"wrong-secret"}',
    isBase64Encoded: false,
  });
  // It has the types of @types/aws-lambda.
  const handlers: [APIGatewayProxyHandler, APIGatewayProxyHandlerV2, ALBHandler] = [handler, handler, handler];
  expect(handlers).toHaveLength(3);
});

test("Middy's httpJsonBodyParser is named as what parsed the body", async () => {
  const { handler, messages } = mistaken();
  const parsing = middy<APIGatewayProxyEventV2>()
    .use(httpJsonBodyParser())
    .handler(toLambdaHandler(handler) as never);
  expect(await parsing(await eventV2(await signed("evt_1")), {} as never)).toMatchObject({ statusCode: 500 });
  expect(messages).toEqual([expect.stringMatching(/raw bytes .* not available.*Remove .*httpJsonBodyParser\(\)/)]);
});

test("a body of Lambda that was not decoded from Base64 is named, with the line that decodes it", async () => {
  const { body = "", headers } = await eventV2(await signed("evt_1"));
  const request = { headers, body };
  const { handler, messages } = mistaken();
  const named =
    /in Base64: decode it first, on AWS Lambda by toLambdaHandler\(handler\), or by Buffer\.from\(event\.body, "base64"\)/;
  await expect(createWebhooks(stripe).verify(request, { secrets: secret })).rejects.toThrow(named);
  expect(
    (
      await handler(
        new Request("https://example.com/", { method: "POST", headers: new Headers(headers as never), body }),
      )
    ).status,
  ).toBe(401);
  expect(messages).toEqual([expect.stringMatching(named)]);
  // What Stripe sends, signed by another secret, is not said to be in Base64.
  await handler(await signed("evt_1", "whsec_wrong"));
  expect(messages[1]).not.toContain("Base64");
});

/** A request as the host of Azure Functions passes it on. */
const azureRequest = async (delivery: Request) =>
  new HttpRequest({
    method: "POST",
    url: "https://app.azurewebsites.net/api/webhooks/stripe",
    headers: Object.fromEntries(delivery.headers),
    body: { bytes: new Uint8Array(await delivery.arrayBuffer()) },
  });

test("examples/webhooks/azure.ts accepts Stripe's events", async () => {
  const lines = captureLog();
  const { handler } = await import("./azure.ts");
  expect(new HttpResponse(await handler(await azureRequest(await signed("evt_1")))).status).toBe(204);
  const rejected = new HttpResponse(await handler(await azureRequest(await signed("evt_2", "whsec_wrong"))));
  expect([rejected.status, rejected.headers.get("content-type"), await rejected.json()]).toEqual([
    401,
    "application/json",
    { error: "wrong-secret" },
  ]);
  expect(lines).toEqual(["in_evt_1 is paid"]);
});

test("Azure's request.json() before the handler is named", async () => {
  const { handler, messages } = mistaken();
  const request = await azureRequest(await signed("evt_1"));
  await request.json();
  expect((await toAzureHandler(handler)(request)).status).toBe(500);
  expect(messages).toEqual([expect.stringMatching(/In Azure Functions pass the request .* before request\.json\(\)/)]);
});

test("examples/webhooks/koa.ts accepts Stripe's events", async () => {
  const lines = captureLog();
  const { app } = await import("./koa.ts");
  const url = await listen(app.callback());
  expect([await post(await signed("evt_1"), url), await post(await signed("evt_2", "whsec_wrong"), url)]).toEqual([
    204, 401,
  ]);
  expect(lines).toEqual(["in_evt_1 is paid"]);
  const other = await fetch(url.replace("webhooks", "api"), {
    method: "POST",
    body: '{"a":1}',
    headers: { "content-type": "application/json" },
  });
  expect(await other.json()).toEqual({ received: { a: 1 } });
});

test("Koa's bodyParser() before the handler leaves the raw body of JSON; a parser that does not is named", async () => {
  const { handler, messages } = mistaken();
  const parsed = new Koa().use(bodyParser()).use(toKoaMiddleware(handler));
  expect(await post(await signed("evt_1"), await listen(parsed.callback()))).toBe(204);
  const dropped = new Koa()
    .use(bodyParser())
    .use((context, next) => {
      delete (context.request as { rawBody?: string }).rawBody;
      return next();
    })
    .use(toKoaMiddleware(handler));
  expect(await post(await signed("evt_2"), await listen(dropped.callback()))).toBe(500);
  expect(messages).toEqual([expect.stringMatching(/In Koa use the handler before bodyParser\(\)/)]);
});

test("express.json() before the handler is named", async () => {
  const { handler, messages } = mistaken();
  const app = express().use(express.json()).post("/webhooks/stripe", toNodeHandler(handler));
  expect(await post(await signed("evt_1"), await listen(app))).toBe(500);
  expect(messages).toEqual([expect.stringMatching(/in Express mount it before express\.json\(\)/)]);
});
