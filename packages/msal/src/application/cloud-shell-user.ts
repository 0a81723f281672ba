import type { Account } from "./account.ts";
import { environmentVariable } from "../runtime/environment.ts";

/** The authority type of whoever sits at an Azure Cloud Shell. Nobody signed them in here: the shell stands for them. */
export const CLOUD_SHELL_AUTHORITY_TYPE = "CLOUDSHELL";

/** Whether an account is the user of a Cloud Shell, perhaps of another one. */
export function isCloudShellUser({ authorityType }: Account): boolean {
  return authorityType === CLOUD_SHELL_AUTHORITY_TYPE;
}

/** Whether the application runs in a Cloud Shell. */
export function isInCloudShell(): boolean {
  return environmentVariable("AZUREPS_HOST_ENVIRONMENT")?.startsWith("cloud-shell") === true;
}
