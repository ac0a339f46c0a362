import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { tarballHome } from "../installed/tarballs.ts";

/** Sends one request that asks for so many events, and returns them one by one. */
export type Stream = (events: number) => AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>;

const bodyOf = (events: number) => ({
  model: "gpt-5",
  messages: [{ role: "user", content: "Tell me." }],
  stream: true,
  max_completion_tokens: events,
});

/** `events` of core, over a connector of OpenAI's facts, as `connectry add` writes it. */
async function ours(baseUrl: string): Promise<Stream> {
  const require = createRequire(`${tarballHome}/`);
  const load = (name: string) => import(pathToFileURL(require.resolve(name).replace(/\.cjs$/, ".js")).href);
  const [core, { events }] = await Promise.all([load("@connectry/core"), load("@connectry/core/events")]);
  const profile = {
    id: "openai",
    name: "OpenAI",
    baseUrl: "https://api.openai.com/v1",
    auth: { kind: "bearer", env: "OPENAI_API_KEY" },
    body: "json",
    errors: { message: ["error", "message"] },
    events: { end: { text: "[DONE]" }, error: ["error"] },
  };
  const facts = { version: "2.3.0", operations: {}, pages: {} };
  const strategies = core.allStrategies(profile);
  const connector = core.createConnector({ profile, facts, strategies }, { auth: "sk-1", baseUrl });
  return (count) => events(connector).POST("/chat/completions", { body: bodyOf(count) });
}

async function openai(baseURL: string): Promise<Stream> {
  const { default: OpenAI } = await import("openai");
  const client = new OpenAI({ apiKey: "sk-1", baseURL });
  return (count) => client.chat.completions.create(bodyOf(count) as never) as never;
}

/** What is compared, ours first. */
export const streamClients: Readonly<Record<string, (baseUrl: string) => Promise<Stream>>> = {
  "@connectry/core/events": ours,
  openai,
};
