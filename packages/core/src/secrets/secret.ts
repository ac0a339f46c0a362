import type { Credential, CredentialRequest, CredentialSource } from "../auth/credential-source.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { unlessAborted } from "../platform/abortable.js";
import { type Clock, systemClock } from "../platform/clock.js";

/** Loads a secret. The signal aborts after `timeoutMs`: no call's signal does, because other calls wait for it, too. */
export type LoadSecret<C extends Credential> = (request: { readonly signal: AbortSignal }) => C | Promise<C>;

/** The options of a secret that is loaded. */
export interface SecretOptions {
  /** Names the owner of the credential, such as an account id: not blank. It appears in keys, so it must not be a secret. */
  readonly id: string;
  /**
   * For how long a secret is used before it is loaded anew, in milliseconds. Calls go on with the last one while it is loaded.
   * @default 300_000
   */
  readonly ttlMs?: number | undefined;
  /** How long loading may take, in milliseconds. @default 10_000 */
  readonly timeoutMs?: number | undefined;
  /** Is called each time a reload fails, while calls go on with the last secret. */
  readonly onReloadFailed?: ((error: unknown) => void) | undefined;
  /** Replaces the system clock, for tests. */
  readonly clock?: Clock | undefined;
}

// What failed, or brought the secret that was rejected once more, is not repeated by each call.
const minReloadMs = 1_000;
const maxPauseMs = 60_000;

/** What this process holds of a secret. */
interface Held<C extends Credential> {
  readonly value: C;
  readonly loadedAtMs: number;
}

/** The value that was loaded. Throws ConfigurationError for one that is blank, without showing it. */
function checkSecret<C extends Credential>(value: C): C {
  const parts = value !== null && typeof value === "object" ? Object.values(value) : [value];
  if (parts.length > 0 && parts.every((part) => typeof part === "string" && part.trim())) return value;
  throw new ConfigurationError(
    "The secret that was loaded is blank: it must be a text, or an object of the texts that `auth` names.",
  );
}

/**
 * A credential from a secret manager or anywhere else: the option `auth`. It is loaded with the first call, once for all calls, and
 * anew after `ttlMs`, in the background, and at once where the provider rejects it with a 401. While a reload fails, calls go on with
 * the last secret; it is repeated after 1 s, and then less often. Where none was loaded yet, calls reject with the error of `load`.
 * Throws ConfigurationError for an id that is blank, or a time that is not positive.
 */
export function secret<C extends Credential>(load: LoadSecret<C>, options: SecretOptions): CredentialSource<C> {
  const { id, ttlMs = 300_000, timeoutMs = 10_000, onReloadFailed, clock = systemClock } = options;
  for (const [name, ms] of Object.entries({ ttlMs, timeoutMs })) {
    if (!(ms > 0)) throw new ConfigurationError(`secret: ${name} must be a number of milliseconds above 0, got ${ms}.`);
  }
  let held: Held<C> | undefined;
  let loading: Promise<C> | undefined;
  let pausedUntilMs = -Infinity;
  let failures = 0;
  let confirmedUntilMs = -Infinity;

  const loadOnce = async (): Promise<C> => {
    const controller = new AbortController();
    const startedAtMs = clock.monotonic();
    const cancel = clock.schedule(timeoutMs, () =>
      controller.abort(new ConfigurationError(`The secret ${id} was not loaded within ${timeoutMs} ms (timeoutMs).`)),
    );
    try {
      const { signal } = controller;
      const loaded = checkSecret(await unlessAborted((async () => load({ signal }))(), signal));
      // The same object while it is the same secret, so that it can be compared with the one that a call was refused.
      const isSame = JSON.stringify(loaded) === JSON.stringify(held?.value);
      held = { value: isSame ? (held as Held<C>).value : loaded, loadedAtMs: startedAtMs };
      failures = 0;
      return held.value;
    } catch (error) {
      failures += 1;
      pausedUntilMs = clock.monotonic() + Math.min(minReloadMs * 2 ** (failures - 1), maxPauseMs);
      if (held) onReloadFailed?.(error);
      throw error;
    } finally {
      cancel();
    }
  };

  const reload = (): Promise<C> => {
    loading ??= loadOnce().finally(() => {
      loading = undefined;
    });
    // The caller may have left, or goes on with the last secret.
    loading.catch(() => {});
    return loading;
  };

  const isPaused = () => clock.monotonic() < pausedUntilMs;

  /** What replaces a secret that the provider rejected; the same where there is no other. */
  const replace = async (refused: Credential | undefined, signal: AbortSignal): Promise<C> => {
    // What was under way may have begun before the secret was replaced.
    if (loading) await unlessAborted(loading, signal).catch(() => signal.throwIfAborted());
    if (!held) return unlessAborted(reload(), signal);
    const { value } = held;
    if (value !== refused || isPaused() || clock.monotonic() < confirmedUntilMs) return value;
    const loaded = await unlessAborted(reload(), signal).catch(() => {
      signal.throwIfAborted();
      return value;
    });
    if (loaded === value) confirmedUntilMs = clock.monotonic() + minReloadMs;
    return loaded;
  };

  return {
    id,
    async get({ signal, refresh, refused }: CredentialRequest) {
      if (refresh) return replace(refused, signal);
      if (!held) return unlessAborted(reload(), signal);
      if (clock.monotonic() - held.loadedAtMs >= ttlMs && !isPaused()) reload();
      return held.value;
    },
  };
}
