// The pages of the app. `html` escapes every value.
import { html } from "hono/html";

type Html = ReturnType<typeof html>;

const page = (content: Html): Html => html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Contacts</title>
    </head>
    <body>
      <h1>Contacts</h1>
      ${content}
    </body>
  </html>`;

export const startPage = (): Html => page(html`<p><a href="/connect">Connect HubSpot</a></p>`);

export const messagePage = (message: string): Html =>
  page(html`<p role="alert">${message}</p>
    <p><a href="/connect">Connect HubSpot</a></p>`);

export const contactsPage = (emails: readonly string[]): Html =>
  page(html`<ul>
      ${emails.map((email) => html`<li>${email}</li>`)}
    </ul>
    <form method="post" action="/disconnect"><button>Disconnect</button></form>`);
