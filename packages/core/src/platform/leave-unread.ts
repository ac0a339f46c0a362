/**
 * Cancels what is not read any further. Nobody waits for it: its source may take its time, or never end, as one half of a `tee()`
 * whose other half is open.
 */
export function leaveUnread(source: { cancel(): Promise<void> } | null | undefined): void {
  source?.cancel().catch(() => {});
}
