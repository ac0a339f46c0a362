// What HubSpot is to the app, on this machine: a page of consent, tokens that rotate, and a list of contacts.
import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { html } from "hono/html";

/** What the test of the app reads and does. */
export interface FakeHubspot {
  readonly app: Hono;
  readonly counts: { refreshes: number; reuses: number; revocations: number };
  /** The access tokens are not valid any more; refresh tokens are. */
  expireTokens(): void;
}

export function createProvider(client: { readonly id: string; readonly secret: string }): FakeHubspot {
  const codes = new Set<string>();
  const access = new Set<string>();
  const refresh = new Set<string>();
  const used = new Set<string>();
  const counts = { refreshes: 0, reuses: 0, revocations: 0 };
  const app = new Hono();

  app.get("/oauth/authorize", (context) => {
    const { scope = "" } = context.req.query();
    return context.html(html`<!doctype html>
      <html lang="en">
        <title>Consent</title>
        <h1>An app wants to read your contacts</h1>
        <p>Scopes: <code>${scope}</code></p>
        <form method="post"><button name="consent" value="yes">Allow</button> <button name="consent" value="no">Deny</button></form>
      </html>`);
  });

  app.post("/oauth/authorize", async (context) => {
    const { redirect_uri: redirectUri = "", state = "" } = context.req.query();
    const to = new URL(redirectUri);
    to.searchParams.set("state", state);
    const { consent } = await context.req.parseBody();
    if (consent === "yes") {
      const code = randomUUID();
      codes.add(code);
      to.searchParams.set("code", code);
    } else to.searchParams.set("error", "access_denied");
    return context.redirect(to.href, 303);
  });

  app.post("/oauth/2026-03/token", async (context) => {
    const form = await context.req.parseBody();
    if (form.client_id !== client.id || form.client_secret !== client.secret) {
      return context.json({ error: "invalid_client" }, 401);
    }
    const token = String(form.refresh_token ?? "");
    const isReused = used.has(token);
    if (isReused) counts.reuses += 1;
    const isValid = form.grant_type === "refresh_token" ? refresh.delete(token) : codes.delete(String(form.code));
    if (!isValid) return context.json({ error: "invalid_grant" }, 400);
    if (token) {
      used.add(token);
      counts.refreshes += 1;
    }
    const issued = { access_token: randomUUID(), refresh_token: randomUUID() };
    access.add(issued.access_token);
    refresh.add(issued.refresh_token);
    return context.json({ ...issued, token_type: "bearer", expires_in: 1_800, hub_id: 62_515 });
  });

  app.post("/oauth/2026-03/token/revoke", async (context) => {
    const { token } = await context.req.parseBody();
    if (refresh.delete(String(token))) counts.revocations += 1;
    access.clear();
    return context.json({});
  });

  app.get("/crm/v3/objects/contacts", (context) => {
    const token = context.req.header("authorization")?.replace("Bearer ", "") ?? "";
    if (!access.has(token)) return context.json({ status: "error", category: "EXPIRED_AUTHENTICATION" }, 401);
    return context.json({ results: [{ id: "1", properties: { email: "ada@example.com" } }] });
  });

  return { app, counts, expireTokens: () => access.clear() };
}
