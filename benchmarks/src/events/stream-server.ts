// A server that streams chat completions as OpenAI does: as many events as `max_completion_tokens` asks for, and its end mark.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const chunk = {
  id: "chatcmpl-1",
  object: "chat.completion.chunk",
  created: 1_764_000_000,
  model: "gpt-5",
  choices: [{ index: 0, delta: { content: "a token of it" }, logprobs: null, finish_reason: null }],
};
const event = `data: ${JSON.stringify(chunk)}\n\n`;
const eventsPerWrite = 64;
const many = event.repeat(eventsPerWrite);

const server = createServer((request, response) => {
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (part) => {
    text += part;
  });
  request.on("end", () => {
    let left: number = JSON.parse(text).max_completion_tokens;
    response.writeHead(200, { "content-type": "text/event-stream" });
    const write = () => {
      while (left > 0) {
        const count = Math.min(left, eventsPerWrite);
        left -= count;
        if (!response.write(count === eventsPerWrite ? many : event.repeat(count))) {
          response.once("drain", write);
          return;
        }
      }
      response.end("data: [DONE]\n\n");
    };
    write();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
