import { expect, it } from "vitest";
import { brokerRedirectUri } from "../../src/broker/redirect-uri.ts";

it.each([
  ["win32", "ms-appx-web://Microsoft.AAD.BrokerPlugin/the-client"],
  ["darwin", "msauth.com.msauth.unsignedapp://auth"],
  ["linux", "https://login.microsoftonline.com/common/oauth2/nativeclient"],
])("B5.13 the redirect URI of the broker on %s is %s", (system, uri) => {
  expect(brokerRedirectUri(system, "the-client")).toBe(uri);
});
