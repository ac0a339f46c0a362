import { script, style } from "./generated/page.js";

/** The page. Nothing of it depends on data: the script reads that from the page's own address. */
export function renderPage(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Connectry: integrations</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${style}</style>
</head>
<body>
<a class="skip" href="#connectors">Skip to the integrations</a>
<header>
<h1>Integrations</h1>
<form id="controls">
<label>Range <select id="range">
<option value="900000">15 minutes</option>
<option value="3600000" selected>1 hour</option>
<option value="21600000">6 hours</option>
<option value="86400000">24 hours</option>
<option value="">Since the start</option>
</select></label>
<label>Theme <select id="theme">
<option value="">As the system</option>
<option value="light">Light</option>
<option value="dark">Dark</option>
</select></label>
<label><input type="checkbox" id="live" checked> Refresh</label>
</form>
<p id="status" role="status">Loading</p>
</header>
<main>
<div id="connectors"></div>
<div id="webhooks"></div>
</main>
<noscript>The page needs JavaScript.</noscript>
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
}
