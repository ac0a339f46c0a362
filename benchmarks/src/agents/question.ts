import { countTokens } from "gpt-tokenizer/encoding/o200k_base";

/** What agents ask the providers whose documents are measured: a list of twenty, and the members of it that they need. */
export const questions = {
  stripe: { method: "GET", path: "/v1/customers", query: { limit: 20 }, select: ["data[*].id", "data[*].email"] },
  github: {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues",
    params: { owner: "octocat", repo: "hello" },
    query: { per_page: 20 },
    select: ["[*].number", "[*].title"],
  },
} as const;

export type ProviderId = keyof typeof questions;

/** A tool, as a server lists it. */
export interface Tool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: unknown;
}
/** A fake of a provider, which the servers call. */
export interface Fake {
  readonly url: string;
  close(): Promise<void>;
}

/** What the tools of one provider take, in tokens. */
export interface Measured {
  readonly tools: number;
  readonly list: number;
  readonly whole?: number;
  readonly selected?: number;
}

/** The tokens of a list of tools, as a model is given it. */
export const tokensOf = (tools: readonly Tool[]) =>
  countTokens(JSON.stringify(tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))));

/** The tokens of a result. Throws where it is an error, which is short and says nothing of what was asked for. */
export function tokensOfResult(result: object): number {
  const { content, isError } = result as { content: readonly { text?: string }[]; isError?: boolean };
  const text = content.map((part) => part.text ?? "").join("\n");
  if (isError) throw new Error(`a call failed: ${text.slice(0, 300)}`);
  return countTokens(text);
}
