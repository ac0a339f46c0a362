// What our code waits for is its clock, its connection, its transport and WebCrypto. The first three are the simulation's; WebCrypto works
// in threads, so its operations are counted, and time does not pass until they are done.
let open = 0;

type Operation = (...args: never[]) => Promise<unknown>;

/** Counts the operations of WebCrypto from now on. */
export function countCrypto(): void {
  const { subtle } = globalThis.crypto;
  for (const name of ["digest", "importKey", "sign", "encrypt", "decrypt"] as const) {
    const operation = subtle[name].bind(subtle) as Operation;
    Object.defineProperty(subtle, name, {
      configurable: true,
      value: (...args: never[]) => {
        open += 1;
        return operation(...args).finally(() => {
          open -= 1;
        });
      },
    });
  }
}

/** Resolves once everything that is under way waits for the simulation. */
export async function settled(): Promise<void> {
  do await new Promise((resolve) => setImmediate(resolve));
  while (open > 0);
}
