import { expect, test } from "vitest";
import { secret } from "../../../test/webhooks/harness.js";
import { createWebhookHandler, type LambdaEvent, signWebhook, stripe, toLambdaHandler, twilio } from "../index.js";

/** What the handler of a function receives, and what the function returns for a response. */
async function convert(event: LambdaEvent, response: () => Response = () => new Response(null, { status: 204 })) {
  let seen: Request | undefined;
  const result = await toLambdaHandler(async (request) => {
    seen = request;
    return response();
  })(event);
  return { request: seen as unknown as Request, result };
}

// The documented examples of events, as far as they concern a request:
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
const functionUrl: LambdaEvent = {
  rawPath: "/my/path",
  rawQueryString: "parameter1=value1&parameter1=value2&parameter2=value",
  cookies: ["cookie1", "cookie2"],
  headers: { header1: "value1", header2: "value1,value2" },
  requestContext: { domainName: "<url-id>.lambda-url.us-west-2.on.aws", http: { method: "POST" } },
  body: "Hello from client!",
  isBase64Encoded: false,
};
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
const restApi: LambdaEvent = {
  path: "/my/path",
  httpMethod: "POST",
  headers: { header1: "value2", Host: "id.execute-api.us-east-1.amazonaws.com" },
  multiValueHeaders: { header1: ["value1", "value2"], Host: ["id.execute-api.us-east-1.amazonaws.com"] },
  queryStringParameters: { name: "a b&c" },
  multiValueQueryStringParameters: { name: ["me", "a b&c"] },
  requestContext: { domainName: "id.execute-api.us-east-1.amazonaws.com", path: "/stage/my/path" },
  body: null,
};
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
const loadBalancer: LambdaEvent = {
  requestContext: { elb: { targetGroupArn: "arn:aws:elasticloadbalancing:region:123456789012:targetgroup/my/6d0e" } },
  httpMethod: "GET",
  path: "/",
  queryStringParameters: { key: "a%20b" },
  headers: { host: "lambda-alb-1234567.us-east-1.elb.amazonaws.com", "x-forwarded-proto": "http" },
  body: "",
  isBase64Encoded: false,
};

test("an event of a function URL or an HTTP API becomes a request", async () => {
  const { request } = await convert({
    ...functionUrl,
    requestContext: { domainName: "id.on.aws", http: { method: "post" } },
  });
  expect([request.method, request.url, await request.text()]).toEqual([
    "POST",
    "https://id.on.aws/my/path?parameter1=value1&parameter1=value2&parameter2=value",
    "Hello from client!",
  ]);
  expect(["header2", "cookie"].map((name) => request.headers.get(name))).toEqual(["value1,value2", "cookie1; cookie2"]);
});

test("an event of a REST API keeps the stage of its path, repeated headers and a repeated query", async () => {
  const { request } = await convert(restApi);
  expect([request.url, await request.text()]).toEqual([
    "https://id.execute-api.us-east-1.amazonaws.com/stage/my/path?name=me&name=a%20b%26c",
    "",
  ]);
  expect(request.headers.get("header1")).toBe("value1, value2");
  expect((await convert({ ...restApi, multiValueHeaders: null })).request.headers.get("header1")).toBe("value2");
});

test("an event of a load balancer keeps its query as it was sent", async () => {
  const { request } = await convert(loadBalancer);
  expect([request.method, request.url]).toEqual([
    "GET",
    "http://lambda-alb-1234567.us-east-1.elb.amazonaws.com/?key=a%20b",
  ]);
});

test("a body in Base64 is decoded to its bytes, also where they are not UTF-8", async () => {
  const { request } = await convert({ ...functionUrl, body: "gIH/AA==", isBase64Encoded: true });
  expect([...new Uint8Array(await request.arrayBuffer())]).toEqual([0x80, 0x81, 0xff, 0]);
  await expect(convert({ ...functionUrl, body: "{}", isBase64Encoded: true })).rejects.toThrow(
    /`isBase64Encoded` is true, but `body` is not in Base64/,
  );
});

test("the response has the form that the caller of the function reads", async () => {
  const response = () => {
    const made = new Response("<Response/>", { status: 200, headers: { "content-type": "text/xml" } });
    for (const cookie of ["a=1", "b=2"]) made.headers.append("set-cookie", cookie);
    return made;
  };
  const common = { statusCode: 200, body: "<Response/>", isBase64Encoded: false };
  const headers = { "content-type": "text/xml" };
  expect((await convert(functionUrl, response)).result).toEqual({ ...common, headers, cookies: ["a=1", "b=2"] });
  expect((await convert(restApi, response)).result).toEqual({
    ...common,
    headers,
    multiValueHeaders: { "set-cookie": ["a=1", "b=2"] },
  });
  expect((await convert(loadBalancer, response)).result).toEqual({
    ...common,
    headers: { ...headers, "set-cookie": "a=1" },
  });
  expect(
    (await convert({ ...loadBalancer, headers: null, multiValueHeaders: { host: ["a.example"] } }, response)).result,
  ).toEqual({
    ...common,
    multiValueHeaders: { "content-type": ["text/xml"], "set-cookie": ["a=1", "b=2"] },
  });
});

test("a response that is not UTF-8 is in Base64, and says so", async () => {
  const { result } = await convert(functionUrl, () => new Response(new Uint8Array([0x80, 0xff])));
  expect(result).toMatchObject({ body: "gP8=", isBase64Encoded: true });
});

test("an event that is not of an HTTP request says to turn on proxy integration", async () => {
  const events = [{}, { Records: [] }, { body: { id: "evt_1" } }] as readonly object[];
  for (const event of events) await expect(convert(event)).rejects.toThrow(/turn on Lambda proxy integration/);
  expect(() => toLambdaHandler(undefined as never)).toThrow(/toLambdaHandler: pass the handler/);
});

test("a scheme that signs the URL verifies an event of API Gateway", async () => {
  const url = "https://id.execute-api.eu-west-1.amazonaws.com/twilio?a=1%202";
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const delivery = await signWebhook(twilio, "MessageSid=SM1&Body=Hi", { secret, headers, url });
  const handler = toLambdaHandler(createWebhookHandler(twilio, { secrets: secret, otherwise: () => {} }));
  const event = {
    rawPath: "/twilio",
    rawQueryString: "a=1%202",
    headers: Object.fromEntries(delivery.headers),
    requestContext: { domainName: "id.execute-api.eu-west-1.amazonaws.com", http: { method: "POST" } },
    body: await delivery.text(),
  };
  expect((await handler(event)).statusCode).toBe(204);
  expect((await handler({ ...event, rawQueryString: "a=2" })).statusCode).toBe(401);
});

test("a body that is too large gets a 413, and the size of other bodies is not limited by the adapter", async () => {
  const handler = toLambdaHandler(
    createWebhookHandler(stripe, { secrets: secret, otherwise: () => {}, maxBodyBytes: 100, onError: () => {} }),
  );
  expect(
    (await handler({ ...functionUrl, body: "x".repeat(101), requestContext: { http: { method: "POST" } } })).statusCode,
  ).toBe(413);
});
