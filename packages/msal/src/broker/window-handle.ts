import type { MsalNodeRuntime } from "@azure/msal-node-runtime";
import type { WindowHandle } from "./broker.ts";

/** A window as the native runtime takes it. */
type NativeWindow = Parameters<MsalNodeRuntime["SignInInteractivelyAsync"]>[0];

/** A handle as the native runtime takes it: bytes, of which a single zero makes it look for a window by itself. */
export async function handleBytes(handle: WindowHandle): Promise<NativeWindow> {
  const { Buffer } = await import("node:buffer");
  if (handle === "console") return Buffer.from([0]);
  if (handle instanceof Uint8Array) return Buffer.from(handle);
  // As wide as a pointer, the lowest byte first, as Electron has it.
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(handle));
  return bytes;
}
