/** A Lua script, sent by its hash once Redis knows it. */
export interface RedisScript {
  readonly source: string;
  /** The SHA-1 of the source in hexadecimal, as EVALSHA names it. */
  readonly sha: () => Promise<string>;
}

/** Creates a script. Its hash is computed once. */
export function redisScript(source: string): RedisScript {
  let sha: Promise<string> | undefined;
  const hash = async () => {
    const bytes = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(source));
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  return {
    source,
    sha: () => {
      sha ??= hash();
      return sha;
    },
  };
}
