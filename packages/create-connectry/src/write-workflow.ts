import type { Catalog } from "./catalog.js";
import type { ProjectOptions } from "./write-project.js";

/** The workflow that looks for newer documents once a week, and tries the newest connectors. */
export function writeWorkflow({ providers }: ProjectOptions, { actions }: Catalog): string {
  const newest = providers.map(({ packageName }) => `${packageName}@latest`).join(" ");
  return `# Once a week: shows what the providers have changed and which of your calls break, and tests with the newest connectors.
name: Update providers

on:
  schedule:
    - cron: "23 5 * * 1"
  workflow_dispatch:

permissions: {}

jobs:
  update:
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    permissions:
      contents: read # to check out
    steps:
      - uses: ${actions["actions/checkout"]}
        with:
          persist-credentials: false
      - uses: ${actions["actions/setup-node"]}
        with:
          node-version: 24
          package-manager-cache: false
      - run: npm ci
      - name: Compare with the newest documents
        run: |
          set -o pipefail
          npm run --silent update | tee -a "$GITHUB_STEP_SUMMARY"
      - name: Test with the newest connectors
        if: \${{ !cancelled() }}
        run: npm install ${newest} && npm run check && npm test
`;
}
