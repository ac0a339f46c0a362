import type { Redact } from "../pipeline/call.js";
import type { Secrets } from "../pipeline/strategies.js";
import { abortable } from "../platform/abortable.js";
import type { Credential, CredentialRequest } from "./credential-source.js";

/** A credential: one object for all calls that are in flight with it. */
export interface CallCredential {
  /** As its source returned it; undefined where it is from the environment. */
  readonly given: Credential | undefined;
  readonly secrets: Secrets;
  /** Redacts it in what comes back. */
  redact?: Redact;
  /** The credential that replaces it, once the provider rejected it. */
  successor?: Promise<CallCredential> | undefined;
  /** How many calls wait for the successor. */
  waiting: number;
  /** Aborts the request for the successor. */
  abandon?: () => void;
}

/** Asks the source for a credential, of an account where it has several. */
export type RequestCredential = (request: CredentialRequest, account: string | undefined) => Promise<CallCredential>;

/**
 * The successor of a rejected credential: its source is asked once, for all calls that are in flight with it. The request is
 * aborted once none of them waits for it any more; after a failure the next call asks again.
 */
export function refreshCredential(
  rejected: CallCredential,
  request: (request: CredentialRequest) => Promise<CallCredential>,
  signal: AbortSignal,
): Promise<CallCredential> {
  if (!rejected.successor) {
    const controller = new AbortController();
    const successor = request({ signal: controller.signal, refresh: true, refused: rejected.given });
    const forget = () => {
      if (rejected.successor === successor) rejected.successor = undefined;
    };
    successor.catch(forget);
    rejected.successor = successor;
    rejected.abandon = () => {
      forget();
      controller.abort();
    };
  }
  const { successor } = rejected;
  rejected.waiting += 1;
  return abortable(signal, (resolve, reject) => {
    let isDone = false;
    successor.then((credential) => {
      isDone = true;
      resolve(credential);
    }, reject);
    return () => {
      rejected.waiting -= 1;
      if (rejected.waiting === 0 && !isDone) rejected.abandon?.();
    };
  });
}
