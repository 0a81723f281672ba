/** Where a virtual machine in Azure learns about itself. */
export const metadataServiceHost = "169.254.169.254";

/** Where an Azure Cloud Shell gives its programs tokens. */
export const cloudShellHost = "localhost:50342";

/** Whether a request has the header by which these tell a program on the machine from a page in its browser. */
export function isFromProgram(headers: Headers): boolean {
  return headers.get("metadata")?.toLowerCase() === "true";
}
