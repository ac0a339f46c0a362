import * as ai6 from "ai";
import * as ai7 from "ai7";
import { expect, test, vi } from "vitest";
import { openShop, shopDocument } from "../../test/shop.js";
import { toAiTools } from "./to-ai-tools.js";

const options = { toolCallId: "call_1", messages: [] };

/** A tool as the SDK runs it. */
interface Runnable {
  readonly description?: string;
  readonly inputSchema: unknown;
  execute(given: object, context: object): Promise<string>;
}
const runnable = (tools: object, name: string) => (tools as Record<string, Runnable>)[name] as Runnable;

test("the tools are those of the connector, with schemas that the AI SDK reads", async () => {
  const { connector } = openShop();
  const tools = await toAiTools(connector, { document: shopDocument, allow: ["GET *", "POST /orders"] });
  expect(Object.keys(tools)).toEqual(["listOrders", "createOrder", "getOrder"]);
  for (const { asSchema } of [ai6, ai7]) {
    const { jsonSchema } = asSchema(runnable(tools, "createOrder").inputSchema as never);
    expect(await jsonSchema).toMatchObject({ type: "object", required: ["body"] });
  }
});

test("a call has the same core: forbidden writes are refused, writes need approval, and a repeat is not sent", async () => {
  const { connector, fake } = openShop();
  const given = { body: { item: "tea" } };
  const refused = await toAiTools(connector, { document: shopDocument, allow: ["POST /orders"] });
  expect(await runnable(refused, "createOrder").execute(given, options)).toContain("needs the approval of the user");
  const approve = vi.fn(() => true);
  const tools = await toAiTools(connector, { document: shopDocument, allow: ["POST /orders"], approve });
  expect(await runnable(tools, "createOrder").execute(given, options)).toContain("POST /orders: 201.");
  expect(await runnable(tools, "createOrder").execute(given, options)).toContain("is not sent again");
  expect(approve).toHaveBeenCalledTimes(1);
  expect(fake.requests).toHaveLength(1);
});

test("the same write of the same conversation has the same idempotency key in two processes", async () => {
  const keys = await Promise.all(
    ["chat 1", "chat 1", "chat 2"].map(async (conversation) => {
      const { connector, fake } = openShop({ keyed: true });
      const tools = await toAiTools(connector, {
        document: shopDocument,
        allow: ["POST /orders"],
        approve: false,
        conversation,
      });
      await runnable(tools, "createOrder").execute({ body: { item: "tea" } }, options);
      return fake.requests[0]?.headers["idempotency-key"];
    }),
  );
  expect(keys[0]).toBe(keys[1]);
  expect(keys[2]).not.toBe(keys[0]);
});

test("a model of the AI SDK calls the tools, and gets their results", async () => {
  const { MockLanguageModelV3 } = await import("ai/test");
  const { connector, fake } = openShop();
  const usage = {
    inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 1, text: 1, reasoning: 0 },
  };
  let step = 0;
  const model = new MockLanguageModelV3({
    doGenerate: async () => {
      step += 1;
      const input = JSON.stringify({ query: { limit: 2 }, select: ["data[*].id"] });
      return step === 1
        ? {
            content: [{ type: "tool-call", toolCallId: "1", toolName: "listOrders", input }],
            finishReason: { unified: "tool-calls", raw: undefined },
            usage,
            warnings: [],
          }
        : {
            content: [{ type: "text", text: "Two orders." }],
            finishReason: { unified: "stop", raw: undefined },
            usage,
            warnings: [],
          };
    },
  });
  const { steps, text } = await ai6.generateText({
    model,
    tools: await toAiTools(connector, { document: shopDocument }),
    stopWhen: ai6.stepCountIs(3),
    prompt: "Which orders are there?",
  });
  expect(text).toBe("Two orders.");
  expect(steps[0]?.toolResults[0]?.output).toContain("GET /orders: 200.");
  expect(fake.requests).toHaveLength(1);
});
