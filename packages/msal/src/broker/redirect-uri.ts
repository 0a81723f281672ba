/**
 * Where the broker of an operating system lets the provider send its answer. The registration has to name it, as a
 * redirect URI of a mobile and desktop application.
 *
 * @param system - The name that Node gives the operating system.
 */
export function brokerRedirectUri(system: string, clientId: string): string {
  if (system === "darwin") return "msauth.com.msauth.unsignedapp://auth";
  if (system === "linux") return "https://login.microsoftonline.com/common/oauth2/nativeclient";
  return `ms-appx-web://Microsoft.AAD.BrokerPlugin/${clientId}`;
}
