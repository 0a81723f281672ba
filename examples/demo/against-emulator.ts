import { type Emulator, type EndpointName, startEmulator } from "@msal-ts/emulator";
import type { RequestCount } from "./run-scenario.ts";
import type { Scenario } from "./scenario.ts";
import { assertionCallback } from "./scenarios/assertion-callback.ts";
import { authorizationCode } from "./scenarios/authorization-code.ts";
import { clientCertificate } from "./scenarios/client-certificate.ts";
import { clientSecret } from "./scenarios/client-secret.ts";
import { cloudShell } from "./scenarios/cloud-shell.ts";
import { deviceCode } from "./scenarios/device-code.ts";
import { federatedPassword } from "./scenarios/federated-password.ts";
import { interactive } from "./scenarios/interactive.ts";
import { onBehalfOf } from "./scenarios/on-behalf-of.ts";
import { password } from "./scenarios/password.ts";
import { region } from "./scenarios/region.ts";
import { signOut } from "./scenarios/sign-out.ts";
import { silentCached } from "./scenarios/silent-cached.ts";
import { silentClaimsChallenge } from "./scenarios/silent-claims-challenge.ts";
import { silentForced } from "./scenarios/silent-forced.ts";
import { silentRefreshed } from "./scenarios/silent-refreshed.ts";
import { sshCertificate } from "./scenarios/ssh-certificate.ts";
import { thousandForClient } from "./scenarios/thousand-for-client.ts";
import { thousandOnBehalfOf } from "./scenarios/thousand-on-behalf-of.ts";
import { thousandSilent } from "./scenarios/thousand-silent.ts";
import { showScenarios } from "./show-scenarios.ts";
import { showMistake } from "./show-mistake.ts";
import type { Terminal } from "./terminal.ts";

/** Makes a scenario that runs against this emulator. */
export type EmulatorScenario = (emulator: Emulator) => Scenario;

/** Everything that the demo shows, in its order. */
export const everyFlow: readonly EmulatorScenario[] = [
  clientSecret,
  clientCertificate,
  assertionCallback,
  region,
  authorizationCode,
  interactive,
  deviceCode,
  password,
  federatedPassword,
  cloudShell,
  onBehalfOf,
  silentCached,
  silentRefreshed,
  silentForced,
  silentClaimsChallenge,
  sshCertificate,
  thousandForClient,
  thousandOnBehalfOf,
  thousandSilent,
  signOut,
];

/** Runs the flows against an emulator of its own. Gives whether all did what they claim. */
export async function showEmulator(terminal: Terminal, flows: readonly EmulatorScenario[]): Promise<boolean> {
  const emulator = await startEmulator();
  try {
    terminal.write(`A local Entra ID listens at ${emulator.url}. Everything below goes there.\n`);
    const scenarios = flows.map((flow) => flow(emulator));
    const failed = await showScenarios(scenarios, countAt(emulator), terminal);
    terminal.write("The requests were counted where they arrived. An application's first one is its discovery.\n");
    const explained = await showMistake(emulator, terminal);
    return failed.length === 0 && explained;
  } finally {
    await emulator.close();
  }
}

/** Where the library goes; the other endpoints are the browser's. */
const libraryEndpoints: ReadonlySet<EndpointName> = new Set<EndpointName>([
  "openid-configuration",
  "instance",
  "keys",
  "userrealm",
  "mex",
  "wstrust",
  "devicecode",
  "token",
  "metadata-service",
  "cloud-shell",
]);

function countAt(emulator: Emulator): RequestCount {
  return () => emulator.requests.filter(({ endpoint }) => libraryEndpoints.has(endpoint)).length;
}
