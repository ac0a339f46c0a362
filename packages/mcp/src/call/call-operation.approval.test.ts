import { describe, expect, test, vi } from "vitest";
import { createAgent } from "../../test/agent.js";
import { canary, openShop } from "../../test/shop.js";
import type { ApprovalRequest } from "../options/agent-options.js";

const create = { body: { item: "tea", amount: 2 } };
const writes = ["GET *", "POST /orders"];

describe("a write that cannot be taken back", () => {
  test("is shown to the user as it is sent, without the credential, and sent when the user approves", async () => {
    const { connector, fake } = openShop({ keyed: true });
    const approve = vi.fn((_: ApprovalRequest) => true);
    const agent = createAgent(connector, { allow: writes, approve });
    expect((await agent.call("createOrder", create)).isError).toBe(false);
    const [asked] = approve.mock.calls[0] ?? [];
    const [sent] = fake.requests;
    expect(asked).toMatchObject({
      operation: "POST /orders",
      summary: "Create an order",
      safety: "idempotent-with-key",
    });
    expect(asked?.request).toEqual({
      method: "POST",
      url: "https://api.shop.example/orders",
      headers: {
        "content-type": sent?.headers["content-type"],
        "idempotency-key": sent?.headers["idempotency-key"],
      },
      body: new TextDecoder().decode(sent?.bytes),
    });
    expect(JSON.stringify(asked)).not.toContain(canary);
    expect(fake.requests).toHaveLength(1);
  });

  test.each([
    ["the user does not approve it", { approve: () => false }, "the user did not approve it"],
    ["the approval fails", { approve: () => Promise.reject(new Error(canary)) }, "the approval failed"],
    ["the result is anything but true", { approve: () => "yes" as never }, "the user did not approve it"],
    ["the client cannot ask", {}, "needs the approval of the user, and this client cannot ask for it"],
  ])("is not sent where %s", async (_, options, message) => {
    const { connector, fake } = openShop();
    const { text, isError } = await createAgent(connector, { allow: writes, ...options }).call("createOrder", create);
    expect(text).toContain(message);
    expect(text).not.toContain(canary);
    expect(isError).toBe(true);
    expect(fake.requests).toHaveLength(0);
  });

  test.each([
    ["deleteOrder", {}, true],
    ["createOrder", create, true],
    ["updateOrder", { body: { note: "x" } }, true],
    ["replaceOrder", { body: { item: "x" } }, false],
    ["getOrder", {}, false],
  ])("%s with %j is asked for: %j", async (tool, given, isAsked) => {
    const { connector } = openShop();
    const approve = vi.fn(() => true);
    const agent = createAgent(connector, { allow: ["* *"], approve });
    await agent.call(tool, { ...given, ...(tool !== "createOrder" && { path: { order: "o1" } }) });
    expect(approve).toHaveBeenCalledTimes(isAsked ? 1 : 0);
  });

  test("is not sent where the caller gives up before the user approves", async () => {
    const { connector, fake } = openShop();
    const caller = new AbortController();
    const approve = async () => {
      caller.abort();
      return true;
    };
    const agent = createAgent(connector, { allow: writes, approve });
    expect((await agent.call("createOrder", create, caller.signal)).text).toContain("the caller gave up");
    expect(fake.requests).toHaveLength(0);
  });

  test("is asked for at most three at a time", async () => {
    const { connector, fake } = openShop();
    const decisions: ((isApproved: boolean) => void)[] = [];
    const approve = () => new Promise<boolean>((resolve) => decisions.push(resolve));
    const agent = createAgent(connector, { allow: writes, approve });
    const texts: string[] = [];
    const calls = Array.from({ length: 6 }, async (_, n) => {
      texts.push((await agent.call("createOrder", { body: { item: `tea ${n}` } })).text);
    });
    await vi.waitFor(() => expect([decisions.length, texts.length]).toEqual([3, 3]));
    expect(texts.every((text) => text.includes("3 writes already wait"))).toBe(true);
    for (const decide of decisions) decide(true);
    await Promise.all(calls);
    expect(fake.requests).toHaveLength(3);
  });
});
