import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { RequestId } from "@modelcontextprotocol/sdk/types.js";
import type { ApprovalRequest, Approve } from "../options/agent-options.js";

// A person reads the request, and may be away.
const timeoutMs = 600_000;
const maxBody = 6_000;

/** A text of an agent, without signs that could imitate ours: one line of it stays one line. */
const quoted = (text: string) =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** A body as a person reads it: the fields of a form one a line. */
function readableBody(contentType: string | undefined, body: string): string {
  const isForm = contentType?.includes("x-www-form-urlencoded") === true;
  const lines = isForm ? [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`) : body.split("\n");
  const text = lines.map(quoted).join("\n");
  return text.length > maxBody ? `${text.slice(0, maxBody)}\n… ${text.length - maxBody} more characters` : text;
}

/** The question that the user is asked. */
export function approvalMessage({ operation, summary, safety, request }: ApprovalRequest): string {
  const { method, url, headers, body } = request;
  const risk =
    safety === "idempotent-with-key"
      ? "It is sent once, under its idempotency key."
      : safety === "unsafe"
        ? "The provider would apply a repeat a second time."
        : "It cannot be taken back.";
  return [
    `An agent wants to send ${operation}: ${quoted(summary)}`,
    risk,
    "",
    `${method} ${quoted(url)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${quoted(value)}`),
    ...(body === undefined ? [] : ["", readableBody(headers["content-type"], body)]),
  ].join("\n");
}

/** Asks the user through the client of a server; undefined where the client cannot ask. */
export function elicitApproval(server: Server, requestId: RequestId): Approve | undefined {
  if (server.getClientCapabilities()?.elicitation === undefined) return undefined;
  return async (approval) => {
    const { action, content } = await server.elicitInput(
      {
        mode: "form",
        message: approvalMessage(approval),
        requestedSchema: {
          type: "object",
          properties: {
            approve: { type: "boolean", title: "Send it", description: "Send this request as it is shown" },
          },
          required: ["approve"],
        },
      },
      { signal: approval.signal, timeout: timeoutMs, relatedRequestId: requestId },
    );
    return action === "accept" && content?.approve === true;
  };
}
