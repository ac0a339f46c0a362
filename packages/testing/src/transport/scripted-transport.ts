import type { Call, Next, Reply } from "@connectry/core";
import { createClassifier } from "@connectry/core/internal";
import { encodeResponse, type ScriptedResponse } from "../http/encode-response.js";

/** The outcome of one call: a response, an error that is thrown, or no response until the call is aborted. */
export type TransportStep = ScriptedResponse | Error | "hang";

/** The end of a pipeline, which responds from a script and records its calls. */
export interface ScriptedTransport extends Next {
  readonly calls: readonly Call[];
}

// By status alone: the script has no provider whose rules would apply.
const classify = createClassifier(undefined, {});

function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function toReply(call: Call, response: ScriptedResponse): Reply {
  const { status, headers: entries, body } = encodeResponse(response);
  const headers = new Headers();
  for (const [name, value] of Object.entries(entries)) {
    for (const one of typeof value === "string" ? [value] : value) headers.append(name, one);
  }
  const reply = { status, headers, url: call.url, body: body?.slice(), attempts: [], cache: undefined };
  return { ...reply, verdict: classify(reply, Date) };
}

/** Creates a transport for tests of policies: each call takes the next step. Throws an Error for a call without a step. */
export function scriptedTransport(steps: Iterable<TransportStep>): ScriptedTransport {
  const calls: Call[] = [];
  const script = [...steps];
  const transport: Next = async (call) => {
    const step = script[calls.length];
    calls.push(call);
    if (step === undefined)
      throw new Error(`scripted transport has no step for call ${calls.length}: it has ${script.length} steps`);
    if (step === "hang") return hang(call.signal);
    if (step instanceof Error) throw step;
    return toReply(call, step);
  };
  return Object.assign(transport, { calls });
}
