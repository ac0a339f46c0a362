// An app whose users connect their HubSpot accounts: one client for all of them. Who is signed in says the cookie `user`; an app of
// yours has a session for that.
import { randomUUID } from "node:crypto";
import { type OauthAccounts, OauthError, ReauthorizationRequiredError } from "@connectry/core/oauth";
import type { Hubspot } from "@connectry/hubspot";
import { type Context, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { contactsPage, messagePage, startPage } from "./pages.ts";

/** What the app is made of; `url` is its own address. */
export interface AppContext {
  readonly url: string;
  readonly oauth: OauthAccounts;
  readonly hubspot: Hubspot;
}

// Other sites cannot send these cookies by a form, no script can read them, and they travel by https alone (or on this machine).
const cookie = { httpOnly: true, secure: true, sameSite: "Lax", path: "/" } as const;

/** The user of a browser: the name of the account, too. */
function userOf(context: Context): string {
  const known = getCookie(context, "user");
  if (known) return known;
  const user = randomUUID();
  setCookie(context, "user", user, cookie);
  return user;
}

export function createApp({ url, oauth, hubspot }: AppContext): Hono {
  const redirectUri = `${url}/callback`;
  const app = new Hono();

  app.get("/", (context) => {
    userOf(context);
    return context.html(startPage());
  });

  app.get("/connect", async (context) => {
    const account = userOf(context);
    const begun = await oauth.begin({ redirectUri, scopes: ["crm.objects.contacts.read"], account });
    setCookie(context, "state", begun.state, { ...cookie, path: "/callback", maxAge: 600 });
    return context.redirect(begun.url);
  });

  app.get("/callback", async (context) => {
    const state = getCookie(context, "state") ?? "";
    deleteCookie(context, "state", { ...cookie, path: "/callback" });
    try {
      await oauth.complete(context.req.url, state);
      return context.redirect("/contacts");
    } catch (error) {
      if (!OauthError.isInstance(error)) throw error;
      return context.html(messagePage(`HubSpot was not connected: ${error.code}`), 400);
    }
  });

  app.get("/contacts", async (context) => {
    try {
      const { data } = await hubspot.GET("/crm/v3/objects/contacts", { account: userOf(context) });
      return context.html(contactsPage(data.results.map(({ properties }) => String(properties.email))));
    } catch (error) {
      if (!ReauthorizationRequiredError.isInstance(error)) throw error;
      return context.html(messagePage("HubSpot is not connected any more"), 401);
    }
  });

  app.post("/disconnect", async (context) => {
    await oauth.revoke(userOf(context));
    return context.redirect("/", 303);
  });

  return app;
}
