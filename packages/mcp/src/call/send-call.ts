import type { CallInit } from "@connectry/core";
import type { CatalogOperation } from "../catalog/read-catalog.js";
import type { CallingConnector, ConnectorParts } from "../connector/connector-parts.js";

/** The response of a call. */
export interface SentCall {
  readonly status: number;
  readonly data: unknown;
  /** What leads to the next page; undefined for the last, and where there are no pages. */
  readonly next: string | number | undefined;
}

/** Data as an agent reads it: of bytes only the number is shown. */
function readable(data: unknown): unknown {
  return data instanceof Uint8Array ? { bytes: data.byteLength } : data;
}

/** Sends a call by a connector, a list as one page. Throws the error of the call. */
export async function sendCall(
  connector: CallingConnector,
  { profile }: Pick<ConnectorParts, "profile">,
  { operation, init, cursor }: { operation: CatalogOperation; init: CallInit; cursor: string | number | undefined },
): Promise<SentCall> {
  const { method, path } = operation;
  const page = operation.page();
  if (page !== undefined) {
    const list = { method, style: Math.max(0, profile.pagination?.indexOf(page.pagination) ?? 0), items: page.items };
    const pages = connector.paginateRequest(path, { ...init, list, startFrom: cursor, maxPages: 1 }).pages();
    for await (const { data, cursor: next, response } of pages) return { status: response.status, data, next };
  }
  const { data, error, response } = (await connector.safe[method]?.(path, init)) ?? {};
  if (error !== undefined) throw error;
  return { status: response?.status ?? 0, data: readable(data), next: undefined };
}
