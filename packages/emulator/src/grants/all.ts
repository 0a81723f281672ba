import { authorizationCodeGrant } from "./authorization-code.ts";
import { clientCredentialsGrant } from "./client-credentials.ts";
import { deviceCodeGrant } from "./device-code.ts";
import type { Grant } from "./grant.ts";
import { onBehalfOfGrant } from "./on-behalf-of.ts";
import { passwordGrant } from "./password.ts";
import { refreshTokenGrant } from "./refresh-token.ts";
import { samlGrant } from "./saml.ts";

const grants: readonly Grant[] = [
  authorizationCodeGrant,
  clientCredentialsGrant,
  deviceCodeGrant,
  onBehalfOfGrant,
  passwordGrant,
  refreshTokenGrant,
  samlGrant,
];

/** Every grant under each of its names. */
export const grantsByType: ReadonlyMap<string, Grant> = new Map(
  grants.flatMap((grant) => grant.grantTypes.map((name) => [name, grant])),
);
