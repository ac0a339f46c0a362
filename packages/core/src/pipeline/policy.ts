import type { Call } from "./call.js";
import type { Reply } from "./reply.js";

/** The rest of the pipeline: the next policy, or the transport. */
export type Next = (call: Call) => Promise<Reply>;

/** One step between the typed call and the socket. It may change the call, the reply, or send again. */
export interface Policy {
  readonly name: string;
  send(call: Call, next: Next): Promise<Reply>;
}
