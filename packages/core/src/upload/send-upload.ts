import type { Body, Call } from "../pipeline/call.js";
import { type OpenedBody, openBody } from "./open-body.js";

/** A response, as a transport returns it. */
interface UploadResponse {
  readonly status: number;
  readonly statusText?: string | undefined;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | readonly Uint8Array[] | null;
}

/** A stream of a response that ends the request body with it, and tells why the body failed. */
function endTogether(source: ReadableStream<Uint8Array>, upload: OpenedBody): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value } = await reader.read();
          if (value) return controller.enqueue(value);
          upload.finish();
          controller.close();
        } catch (error) {
          upload.close();
          // The provider had responded before, perhaps because it needed no more.
          if (upload.failure) upload.failure.maybeSent = true;
          controller.error(upload.failure ?? error);
        }
      },
      cancel(reason) {
        upload.finish();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * Sends one request whose body is opened for it, and closes the body with the request. A body that fails before the response is
 * thrown as a CallError: its request was not complete, so the provider cannot have applied it.
 */
export async function sendUpload(
  transport: (call: Call) => Promise<UploadResponse>,
  call: Call,
  body: Body,
): Promise<UploadResponse> {
  // What opens bodies was loaded meanwhile.
  call.signal.throwIfAborted();
  const upload = openBody(call, body);
  try {
    const response = await transport(upload.call);
    if (response.body && "getReader" in response.body) {
      // The platform's own Response has its fields on its prototype.
      const { status, statusText, headers } = response;
      return { status, statusText, headers, body: endTogether(response.body, upload) };
    }
    upload.finish();
    return response;
  } catch (error) {
    upload.close();
    throw upload.failure ?? error;
  }
}
