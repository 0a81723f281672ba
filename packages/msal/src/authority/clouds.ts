/**
 * The clouds of Microsoft Entra ID, each with all the names of its host, as the instance discovery endpoint tells them.
 * They change about once in a decade; having them here saves a request at the first token.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
const clouds: readonly (readonly string[])[] = [
  ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"],
  ["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"],
  ["login.microsoftonline.us", "login.usgovcloudapi.net"],
  ["login-us.microsoftonline.com"],
  // Closed in 2021; old caches still hold its name.
  ["login.microsoftonline.de"],
];

/** The names of the public cloud that a host belongs to; `undefined` for a host of no public cloud. */
export function cloudOf(environment: string): readonly string[] | undefined {
  return clouds.find((names) => names.includes(environment));
}
