interface ProcessLike {
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** An environment variable, or undefined where it is unset or the platform has none. */
export function environmentVariable(name: string): string | undefined {
  const { process } = globalThis as { process?: ProcessLike };
  return process?.env?.[name];
}
