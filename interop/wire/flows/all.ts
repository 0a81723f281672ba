import type { Flow } from "../steps.ts";
import { authorizationCodeFlows, interactiveFlows } from "./authorization-code.ts";
import { boundTokenFlows } from "./bound-tokens.ts";
import { clientCredentialFlows } from "./client-credentials.ts";
import { azureFlows, cloudFlows } from "./clouds.ts";
import { deviceCodeFlows, migrationFlows, onBehalfOfFlows, passwordFlows } from "./direct.ts";
import { failureFlows } from "./failures.ts";
import { federationFlows } from "./federation.ts";
import { kindFlows } from "./kinds.ts";
import { throttlingFlows } from "./throttling.ts";
import { familyFlows, silentFlows } from "./silent.ts";

/** All flows, by theme. */
export const themes: Readonly<Record<string, readonly Flow[]>> = {
  "client credentials": clientCredentialFlows,
  "authorization code": authorizationCodeFlows,
  "interactive sign-in": interactiveFlows,
  "device code": deviceCodeFlows,
  password: passwordFlows,
  "on behalf of": onBehalfOfFlows,
  migration: migrationFlows,
  silent: silentFlows,
  families: familyFlows,
  "bound tokens": boundTokenFlows,
  failures: failureFlows,
  clouds: cloudFlows,
  "in Azure": azureFlows,
  "other kinds of servers": kindFlows,
  throttling: throttlingFlows,
  federation: federationFlows,
};
