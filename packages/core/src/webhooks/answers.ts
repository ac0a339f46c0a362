/** An answer without a body: the event was taken. */
export function acknowledged(): Response {
  return new Response(null, { status: 204 });
}

/** An answer that tells the provider's log why, and nothing else. */
export function refused(status: number, error: string, retryAfterMs?: number): Response {
  const headers: Record<string, string> = {};
  if (retryAfterMs !== undefined) headers["retry-after"] = String(Math.max(1, Math.ceil(retryAfterMs / 1_000)));
  return Response.json({ error }, { status, headers });
}
