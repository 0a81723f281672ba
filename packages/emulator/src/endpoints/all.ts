import { authorizeEndpoint } from "./authorize.ts";
import { cloudShellEndpoint } from "./cloud-shell.ts";
import { deviceCodeEndpoint } from "./device-code.ts";
import { deviceLoginEndpoint } from "./device-login.ts";
import { keysEndpoint, openIdConfigurationEndpoint } from "./discovery.ts";
import type { Endpoint } from "./endpoint.ts";
import { errorEndpoint } from "./error.ts";
import { homeEndpoint } from "./home.ts";
import { instanceEndpoint } from "./instance.ts";
import { logEndpoint } from "./log.ts";
import { loginEndpoint } from "./login.ts";
import { logoutEndpoint } from "./logout.ts";
import { metadataServiceEndpoint } from "./metadata-service.ts";
import { mexEndpoint } from "./mex.ts";
import { tokenEndpoint } from "./token.ts";
import { trustEndpoint } from "./trust.ts";
import { userInfoEndpoint } from "./user-info.ts";
import { userRealmEndpoint } from "./user-realm.ts";

/** Every endpoint. Those without a tenant in the path come first. */
export const endpoints: readonly Endpoint[] = [
  homeEndpoint,
  logEndpoint,
  errorEndpoint,
  deviceLoginEndpoint,
  userInfoEndpoint,
  metadataServiceEndpoint,
  cloudShellEndpoint,
  mexEndpoint,
  trustEndpoint,
  authorizeEndpoint,
  loginEndpoint,
  logoutEndpoint,
  tokenEndpoint,
  deviceCodeEndpoint,
  openIdConfigurationEndpoint,
  keysEndpoint,
  instanceEndpoint,
  userRealmEndpoint,
];
