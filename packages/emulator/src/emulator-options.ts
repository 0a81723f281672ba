import type { Clock } from "./clock.ts";
import type { TenantConfig } from "./directory.ts";

/** How `startEmulator` starts an emulator. Everything has a default. */
export interface EmulatorOptions {
  /** Port on loopback. Default: 0, any free one. */
  readonly port?: number;
  /** Listens on these ports too, such as 443 for clients that drop the port. Default: none. */
  readonly extraPorts?: readonly number[];
  /** Makes a CA and a certificate for localhost, and speaks HTTPS. Default: false. */
  readonly https?: boolean;
  /**
   * Names besides localhost that the HTTPS certificate is made out to, such as `login.contoso.example` or
   * `*.b2clogin.com`, for clients whose name resolution leads there. Whatever the name, an answer's addresses are those
   * of the host that the request was for. Default: none.
   */
  readonly hosts?: readonly string[];
  /** Tenants with their users and applications. Default: Contoso, Fabrikam and the personal accounts. */
  readonly tenants?: readonly TenantConfig[];
  /** Decides every expiry: milliseconds since 1970. Default: the machine's clock. */
  readonly clock?: Clock;
}
