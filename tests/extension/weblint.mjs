// Runs the add-on linter (web-ext lint) over the extension and fails on every finding that is not listed as accepted.
import { spawnSync } from "node:child_process";

/** Findings we accept, and why. */
const ACCEPTED = new Map([
  ["BACKGROUND_SERVICE_WORKER_IGNORED", "one manifest serves both browsers: Firefox uses background.scripts"],
  ["UNSUPPORTED_API", "sidePanel.open is only called where it exists"],
  ["MANIFEST_PERMISSIONS", "sidePanel is Chromium's; Firefox has sidebar_action"],
]);

const run = spawnSync(
  "npx",
  ["web-ext", "lint", "--source-dir", "extension", "--no-config-discovery", "--output", "json"],
  { encoding: "utf8" },
);
const report = JSON.parse(run.stdout.slice(run.stdout.indexOf("{")));
const found = [...report.errors, ...report.warnings].filter((finding) => !ACCEPTED.has(finding.code));
for (const finding of found) {
  process.stderr.write(
    `${finding.code} ${finding.file ?? ""}:${finding.line ?? ""} ${finding.message} ${finding.description ?? ""}\n`,
  );
}
process.stdout.write(
  `add-on linter: ${found.length} findings, ${report.errors.length + report.warnings.length - found.length} accepted\n`,
);
process.exit(found.length > 0 ? 1 : 0);
