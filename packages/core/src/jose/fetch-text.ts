import { readCapped } from "../platform/read-capped.js";

/** The options of a scheme whose keys are fetched. */
export interface KeyOptions {
  /** Fetches the keys. @default `fetch` of the platform */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** A response without its body where that is not needed. */
export interface FetchedText {
  readonly status: number;
  readonly text: string;
}

const timeoutMs = 5_000;
// A certificate, or a list of keys, has a few kilobytes.
const maxBytes = 65_536;

/**
 * Fetches a text of at most 64 KiB within 5 s. A redirect is not followed, so that no other host is asked.
 * @throws Error where there is no response, or it is too large.
 */
export async function fetchText(
  url: string,
  { fetch = globalThis.fetch }: KeyOptions,
  init: RequestInit = {},
): Promise<FetchedText> {
  const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
  if (response.body === null) return { status: response.status, text: "" };
  const { chunks, isOverCap } = await readCapped(response.body, maxBytes);
  if (isOverCap) throw new Error(`the response of ${new URL(url).host} is larger than ${maxBytes} bytes`);
  const decoder = new TextDecoder();
  const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
  return { status: response.status, text };
}
