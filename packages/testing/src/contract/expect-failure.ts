import { ApiError, type CallError, ConnectryError } from "@connectry/core";

/** The error that a call rejects with. Throws an Error where it resolves, or rejects with an error of another kind. */
export async function expectFailure(call: Promise<unknown>, description: string): Promise<CallError> {
  let result: unknown;
  try {
    result = await call;
  } catch (error) {
    if (ConnectryError.isInstance(error)) return error as CallError;
    throw new Error(`${description} must reject with an error of the connector, got ${String(error)}`, {
      cause: error,
    });
  }
  const status = (result as { readonly response?: { readonly status: number } } | undefined)?.response?.status;
  throw new Error(`${description} must fail, but resolved with status ${status}`);
}

/** The ApiError that a call rejects with. Throws an Error where it does not. */
export async function expectApiError(call: Promise<unknown>, description: string): Promise<ApiError> {
  const error = await expectFailure(call, description);
  if (ApiError.isInstance(error)) return error;
  throw new Error(`${description} must reject with an ApiError, got ${error.name} (${error.message})`);
}
