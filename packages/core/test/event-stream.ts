import { deferred } from "./deferred.js";
import { listen } from "./listen.js";

/** A server that sends one event for each time that `next` is called. */
export async function serveEvents(events: readonly string[]) {
  const gates = events.map(() => deferred());
  const closed = deferred();
  const requests: { headers: NodeJS.Dict<string | string[]>; url: string | undefined; body: unknown }[] = [];
  let sent = 0;
  const url = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    requests.push({ headers: request.headers, url: request.url, body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.on("close", closed.go);
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const [index, gate] of gates.entries()) {
      await gate.opened;
      response.write(events[index]);
      sent += 1;
    }
    response.end();
  });
  let opened = 0;
  const next = () => {
    gates[opened]?.go();
    opened += 1;
  };
  return { url, requests, next, sent: () => sent, closed: closed.opened };
}
