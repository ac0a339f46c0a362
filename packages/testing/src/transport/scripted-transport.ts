import type { Call, Next, Reply } from "@connectry/core";
import { type AnswerInit, createAnswer } from "../server/answer.js";

/** What one call comes to: an answer, a thrown error, or no answer until the call is aborted. */
export type TransportStep = AnswerInit | Error | "hang";

/** The end of a pipeline that answers from a script, and the calls that reached it. */
export interface ScriptedTransport extends Next {
  readonly calls: readonly Call[];
}

function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function toReply(call: Call, init: AnswerInit): Reply {
  const answer = createAnswer(init);
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of typeof value === "string" ? [value] : value) headers.append(name, one);
  }
  return { status: answer.status, headers, url: call.url, body: answer.body?.slice(), attempts: [], cache: undefined };
}

/** A transport for tests of policies: each call takes the next step; a call too many is an error that says so. */
export function scriptedTransport(steps: Iterable<TransportStep>): ScriptedTransport {
  const calls: Call[] = [];
  const script = [...steps];
  const transport: Next = async (call) => {
    const step = script[calls.length];
    calls.push(call);
    if (step === undefined)
      throw new Error(`The scripted transport has ${script.length} steps; call ${calls.length} found none.`);
    if (step === "hang") return hang(call.signal);
    if (step instanceof Error) throw step;
    return toReply(call, step);
  };
  return Object.assign(transport, { calls });
}
