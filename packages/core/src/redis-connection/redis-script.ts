/** A Lua script, sent by its hash once Redis knows it. */
export interface RedisScript {
  /** What is executed once for each run, with the run's own KEYS and ARGV. */
  readonly source: string;
  /** What is executed once before all runs of a command, with the KEYS of all: functions, and what they read together. */
  readonly prelude: string;
  /** How many runs one command executes at most. */
  readonly maxRuns: number;
  /** The SHA-1 of the source in hexadecimal, as EVALSHA names it. */
  readonly sha: () => Promise<string>;
}

/** Creates a script. Its hash is computed once. */
export function redisScript(
  source: string,
  { prelude = "", maxRuns = Infinity }: Partial<Pick<RedisScript, "prelude" | "maxRuns">> = {},
): RedisScript {
  let sha: Promise<string> | undefined;
  const hash = async () => {
    const bytes = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(source));
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  return {
    source,
    prelude,
    maxRuns,
    sha: () => {
      sha ??= hash();
      return sha;
    },
  };
}
