/**
 * Checks that docs/parity.md has a row for everything that the reference documents, that each row names what is public
 * here, and that the tests it points to exist; and that docs/migrate-from-msal-node.md speaks of every method, option
 * and error of msal-node.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { readParityPage } from "./parity/parity-page.ts";
import { compareParity } from "./parity/parity-problems.ts";
import { peerNames, wordsInCode } from "./parity/peer-names.ts";
import { publicNames } from "./parity/public-names.ts";
import reference from "./parity/reference.json" with { type: "json" };
import { testTitles } from "./parity/test-titles.ts";
import { root } from "./packages.ts";
import { reportProblems } from "./report-problems.ts";

const rows = readParityPage(readFileSync(join(root, "docs/parity.md"), "utf8"));
const isPublic = publicNames(join(root, "packages/msal/src/index.ts"), {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
});
const titles = new Map<string, ReadonlySet<string>>();

function titlesIn(path: string): ReadonlySet<string> | undefined {
  const file = join(root, path);
  if (!titles.has(path) && existsSync(file)) titles.set(path, testTitles(readFileSync(file, "utf8")));
  return titles.get(path);
}

/** What of msal-node a program may use. */
const peerOwners = [
  "PublicClientApplication",
  "ConfidentialClientApplication",
  "ManagedIdentityApplication",
  "TokenCache",
  "DistributedCachePlugin",
  "Configuration",
  "NodeAuthOptions",
  "BrokerOptions",
  "CacheOptions",
  "NodeSystemOptions",
  "NodeTelemetryOptions",
  "AuthorizationUrlRequest",
  "AuthorizationCodeRequest",
  "InteractiveRequest",
  "SilentFlowRequest",
  "DeviceCodeRequest",
  "UsernamePasswordRequest",
  "RefreshTokenRequest",
  "ClientCredentialRequest",
  "OnBehalfOfRequest",
  "UserFederatedIdentityCredentialRequest",
  "SignOutRequest",
  "AuthenticationResult",
  "AccountInfo",
  "AuthError",
  "ClientAuthError",
  "ClientConfigurationError",
  "InteractionRequiredAuthError",
  "ServerError",
];
const peerErrors = peerOwners.filter((owner) => owner.endsWith("Error"));

function migrationProblems(): string[] {
  const page = "docs/migrate-from-msal-node.md";
  const words = wordsInCode(readFileSync(join(root, page), "utf8"));
  const declarations = join(root, "node_modules/@azure/msal-node/types/index.d.ts");
  const missing = [...peerErrors, ...peerNames(declarations, peerOwners)].filter((name) => !words.has(name));
  return missing.map((name) => `${page} says nothing of msal-node's ${name}`);
}

const { problems, remarks } = compareParity(rows, { reference, isPublic, titlesIn });
for (const remark of remarks) console.log(remark);
reportProblems(`parity (${rows.length} rows)`, [...problems, ...migrationProblems()]);
