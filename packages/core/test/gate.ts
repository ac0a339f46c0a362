/** What a step waits for until it is let go. */
export function gate() {
  let go = () => {};
  const opened = new Promise<void>((resolve) => {
    go = resolve;
  });
  return { opened, go: () => go() };
}
