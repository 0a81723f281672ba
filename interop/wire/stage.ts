import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "@msal-ts/emulator";
import { known } from "../secure-emulator.ts";
import { plainProxy } from "./plain-proxy.ts";
import { createTimeline, type Timeline } from "./timeline.ts";
import { openTunnel } from "./tunnel.ts";

/** Where one library plays one flow: an emulator and a time of its own, so that nothing of another flow is left. */
export interface Stage extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly timeline: Timeline;
  /** The proxy that leads to the emulator, whatever the host. */
  readonly proxy: string;
  /** A file with the CA to trust. */
  readonly caFile: string;
  /** Plays the browser that a library has opened, with the user whom {@link Stage.visitor} names. */
  browse(url: string): Promise<void>;
  /** Who sits at the browser. Default: alice. */
  visitor: string;
}

/** The hosts that the emulator has a certificate for. */
const hosts = [
  "login.microsoftonline.com",
  "login.windows.net",
  "login.microsoftonline.us",
  "login.chinacloudapi.cn",
  "*.login.microsoft.com",
  "*.login.microsoftonline.us",
  "login.contoso.example",
  "adfs.contoso.example",
  "dsts.contoso.example",
  "realmless.contoso.example",
  "contoso.b2clogin.com",
  "contoso.ciamlogin.com",
];

/** What stages have in common. */
export interface Theatre extends AsyncDisposable {
  /** The port of the proxy. */
  readonly port: number;
  openStage(tenants?: EmulatorOptions["tenants"]): Promise<Stage>;
}

export async function openTheatre(): Promise<Theatre> {
  const tunnel = await openTunnel();
  const folder = await mkdtemp(join(tmpdir(), "msal-ts-wire-"));
  const caFile = join(folder, "ca.pem");
  const ca = await readCa();
  await writeFile(caFile, ca);
  return {
    port: tunnel.port,
    async openStage(tenants) {
      const timeline = createTimeline();
      const emulator = await startEmulator({
        https: true,
        hosts,
        clock: timeline,
        ...(tenants !== undefined && { tenants }),
      });
      tunnel.answerPlain = plainProxy(emulator);
      tunnel.target = Number(new URL(emulator.url).port);
      const stage: Stage = {
        emulator,
        timeline,
        proxy: tunnel.url,
        caFile,
        visitor: "alice",
        browse: async (url) => void (await emulator.signIn(url, stage.visitor)),
        [Symbol.asyncDispose]: () => emulator.close(),
      };
      return stage;
    },
    async [Symbol.asyncDispose]() {
      await tunnel[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

async function readCa(): Promise<string> {
  await using emulator = await startEmulator({ https: true });
  return known(emulator.ca, "CA");
}
