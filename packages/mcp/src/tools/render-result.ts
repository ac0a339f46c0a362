import type { CallArguments } from "../call/call-arguments.js";
import type { CallContext } from "../call/call-context.js";
import { fitTokens } from "../data/fit-tokens.js";
import { markData } from "../data/mark-data.js";
import { select } from "../data/select.js";
import type { CallResult } from "../session/call-result.js";
import type { ToolResult } from "./tool.js";

const defaultTokens = 4_000;
/** What the marks and our own words take. */
const frameTokens = 60;

interface Response {
  readonly status?: number;
  readonly next?: string | number | undefined;
  readonly data?: unknown;
}

/** What an agent gets of a result: our words, and below them what the provider said, selected, cut to size, redacted and marked. */
export function renderResult(
  { catalog, options, redactor }: CallContext,
  { kind, summary, data }: CallResult,
  given: Pick<CallArguments, "select" | "maxTokens">,
): ToolResult {
  const text = redactor.redact(summary);
  const isError = kind !== "response";
  if (data === undefined) return { text, isError };
  const allowed = options.maxResultTokens ?? defaultTokens;
  const maxTokens = Math.max(50, Math.min(given.maxTokens ?? allowed, allowed) - frameTokens);
  const { next, data: body, ...rest } = (kind === "response" ? data : { data }) as Response;
  const wanted = kind === "response" ? select(body, given.select) : body;
  const { value, leftOut } = fitTokens(wanted ?? null, maxTokens, redactor.redact);
  const shown = {
    ...rest,
    // It is passed back as it is.
    ...(next !== undefined && { next: typeof next === "string" ? redactor.redact(next) : next }),
    ...(leftOut.length > 0 && { leftOut }),
    ...(kind === "response" ? { data: value } : { error: value }),
  };
  const hints = [
    next === undefined ? "" : " There is a next page: call again with its `next` as `cursor`.",
    leftOut.length === 0 ? "" : " Some of it was left out: ask for parts with `select`, or for fewer items.",
  ].join("");
  return { text: `${text}${hints}\n${markData(catalog.provider, shown)}`, isError };
}
