import { ApiError, type CallError, ConnectryError } from "@connectry/core";

/** The error that a call rejects with. Throws an Error where it resolves, or rejects with an error that is not ours. */
export async function failureOf(call: Promise<unknown>, when: string): Promise<CallError> {
  let answer: unknown;
  try {
    answer = await call;
  } catch (error) {
    if (ConnectryError.isInstance(error)) return error as CallError;
    throw new Error(`${when}: the call rejected with ${String(error)}, which is no error of the connector's.`, {
      cause: error,
    });
  }
  const status = (answer as { readonly response?: { readonly status: number } } | undefined)?.response?.status;
  throw new Error(`${when}: the call should have failed, and came to a good end (${status}).`);
}

/** The same, where the provider answered. */
export async function apiErrorOf(call: Promise<unknown>, when: string): Promise<ApiError> {
  const error = await failureOf(call, when);
  if (ApiError.isInstance(error)) return error;
  throw new Error(`${when}: the error is ${error.name} (${error.message}), and not one that tells of an answer.`);
}
