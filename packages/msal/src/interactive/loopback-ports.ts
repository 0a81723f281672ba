import { systemErrorCode } from "../error/system-error-code.ts";

/** One address that is being listened on. */
export interface Bound {
  readonly port: number;
  /** Gives the port back. */
  close(): Promise<void>;
}

/** Listens on one address. Port 0 asks for any free one. Rejects with the system's own error. */
export type Bind = (host: string, port: number) => Promise<Bound>;

/** A free port on one address family is rarely taken on the other: this many misses in a row are no accident. */
const attempts = 10;

/**
 * Listens on 127.0.0.1 and, where the system has it, on ::1, on the same port.
 *
 * Browsers differ in which of the two `localhost` is (RFC 8252, section 8.3). Were ::1 left to another program, that
 * one could get the browser's answer: so a port taken there is as busy as one taken on 127.0.0.1.
 */
export async function bindLoopback(port: number, bind: Bind): Promise<Bound> {
  for (let attempt = 1; ; attempt += 1) {
    const ipv4 = await bind("127.0.0.1", port);
    try {
      return both(ipv4, await bind("::1", ipv4.port));
    } catch (error) {
      if (lacksIpv6(error)) return ipv4;
      await ipv4.close();
      if (port !== 0 || systemErrorCode(error) !== "EADDRINUSE" || attempt === attempts) throw error;
    }
  }
}

function lacksIpv6(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT";
}

function both(ipv4: Bound, ipv6: Bound): Bound {
  return {
    port: ipv4.port,
    async close() {
      await Promise.all([ipv4.close(), ipv6.close()]);
    },
  };
}
