import { routeOf } from "./frameworks.js";
import type { ProjectOptions } from "./write-project.js";
import { hasWebhook } from "./write-webhook.js";

/** The README of a project. */
export function writeReadme({ name, providers }: ProjectOptions): string {
  const rows = providers.map((provider) => {
    const webhook = hasWebhook(provider) ? `\`POST ${routeOf(provider).path}\`` : "";
    return `| ${provider.name} | [src/${provider.id}.ts](src/${provider.id}.ts) | ${webhook} |`;
  });
  return `# ${name}

| provider | example | webhooks |
|---|---|---|
${rows.join("\n")}

\`\`\`sh
npm test                # against fakes of the providers, without an account
npm run check           # types
cp .env.example .env    # and fill in the credentials
npx connectry doctor    # whether they are accepted
npm start               # receives webhooks
npm run update          # what the providers have changed, and which of your calls break
\`\`\`
`;
}
