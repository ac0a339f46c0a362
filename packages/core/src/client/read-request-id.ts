import { replyJson } from "../pipeline/reply-json.js";
import { textAt } from "../platform/json-path.js";
import type { ErrorFacts } from "../provider/profile.js";
import type { ExchangeContext } from "../transport/exchange.js";

/** Creates the function that reads the id of a response: from a header, or, where it is in the body, from that of a failure. */
export function createReadRequestId({ requestId: location }: ErrorFacts): ExchangeContext["readRequestId"] {
  return (reply, { kind }) =>
    typeof location === "string"
      ? reply.headers.get(location) || undefined
      : kind === "success"
        ? undefined
        : textAt(replyJson(reply), location);
}
