import type { Emulator } from "@msal-ts/emulator";
import { ConfidentialClientApplication, MsalError } from "msal-ts";
import { appOf } from "./scenarios/app-of.ts";
import type { Terminal } from "./terminal.ts";

/** Shows a mistake that everybody makes once, as its maker sees it. Gives whether the error was the expected one. */
export async function showMistake(emulator: Emulator, { write }: Terminal): Promise<boolean> {
  write("And a mistake, a letter too many in the tenant's name, as you would see it:\n");
  const { clientId, secret } = appOf(emulator, "daemon");
  const app = new ConfidentialClientApplication({
    clientId,
    authority: emulator.authority("contosoo.onmicrosoft.com"),
    clientCredential: secret,
  });
  try {
    await app.acquireTokenForClient(["api://orders/.default"]);
    write("✗ the mistake went unnoticed");
    return false;
  } catch (error) {
    if (!(error instanceof MsalError)) throw error;
    write(`  ${error.name}: ${error.message}`);
    write(`  code: "${error.code}", retryable: ${error.retryable}`);
    return error.code === "authority_not_found";
  }
}
