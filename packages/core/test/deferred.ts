/** A promise that resolves when `go` is called. */
export function deferred() {
  let go = () => {};
  const opened = new Promise<void>((resolve) => {
    go = resolve;
  });
  return { opened, go: () => go() };
}
