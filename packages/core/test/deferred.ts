/** A promise, `opened`, that is pending until the test calls `go`. */
export function deferred() {
  let go = () => {};
  const opened = new Promise<void>((resolve) => {
    go = resolve;
  });
  return { opened, go: () => go() };
}
