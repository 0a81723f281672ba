/** Tells whoever runs the program, where there is no logger to tell. */
export function processWarning(message: string): void {
  if (typeof globalThis.process?.emitWarning === "function") globalThis.process.emitWarning(message, "MsalWarning");
  else console.warn(message);
}
