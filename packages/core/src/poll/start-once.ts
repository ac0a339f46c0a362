import type { ConnectorInternals } from "../client/internals.js";
import type { Result } from "../client/typed-client.js";
import { CallError, OutcomeUnknownError } from "../errors/call-errors.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { derivedKey } from "../platform/derived-key.js";
import { readPath } from "../platform/json-path.js";
import { providerKey } from "../provider/provider-key.js";
import type { PollInit, PollOptions, StartInit } from "./poll-options.js";

// Not an id: the run was begun, and what it started is not known.
const begun = "?";

/** What was started, and its response where it was started now. */
export interface StartedRun {
  readonly id: string;
  readonly result?: Result<unknown>;
}

function idOfData(data: unknown): string {
  const id = readPath(data, ["id"]);
  if (typeof id === "string" || typeof id === "number") return `${id}`;
  throw new ConfigurationError("poll: what was started has no field `id`: pass `idOf`.");
}

type StartOptions<Started> = Pick<PollOptions<Started, unknown>, "id" | "run" | "store" | "start" | "idOf">;

/** Starts the work, unless it is known to be started. */
export async function startOnce<Started>(
  { profile }: ConnectorInternals,
  { id, run, store, start, idOf = idOfData }: StartOptions<Started>,
  init: PollInit,
): Promise<StartedRun> {
  if (id !== undefined) return { id };
  const key = `connectry:run:${providerKey(profile)}:${run}`;
  const known = await store?.get(key);
  if (known && known !== begun) return { id: known };
  const hasKeys = (profile.idempotency?.methods.length ?? 0) > 0 && run !== undefined;
  if (known && !hasKeys) {
    const message = `the run ${run} was begun before, and what it started is not known: look at the provider, and pass its \`id\`.`;
    throw new OutcomeUnknownError(message, { operation: "poll", outcome: "unknown", maybeSent: true });
  }
  await store?.set(key, begun);
  const keyed: StartInit = hasKeys ? { ...init, idempotencyKey: await derivedKey(run, "start") } : init;
  const result = await start(keyed).catch(async (error: unknown) => {
    // It may be started again.
    const isRejected = CallError.isInstance(error)
      ? error.outcome === "not-applied"
      : ConfigurationError.isInstance(error);
    if (isRejected) await store?.set(key, "");
    throw error;
  });
  const startedId = idOf(result.data);
  await store?.set(key, startedId);
  return { id: startedId, result };
}
