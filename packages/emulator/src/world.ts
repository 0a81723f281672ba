import type { Clock } from "./clock.ts";
import { ConditionalAccess } from "./conditional-access.ts";
import type { Directory } from "./directory.ts";
import type { SigningKey } from "./keys.ts";
import { RequestLog } from "./request-log.ts";
import { Script } from "./script.ts";
import { AuthorizationCodes } from "./state/authorization-codes.ts";
import { Consents } from "./state/consents.ts";
import { DeviceCodes } from "./state/device-codes.ts";
import { Passwords } from "./state/passwords.ts";
import { RefreshTokens } from "./state/refresh-tokens.ts";
import { Sessions } from "./state/sessions.ts";
import { SignIns } from "./login/sign-ins.ts";

/** One emulator's whole state. Endpoints and grants get it handed in; nothing else lives outside a request. */
export interface World {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly key: SigningKey;
  readonly settings: { tokenLifetime: number; region: string };
  readonly policies: ConditionalAccess;
  readonly consents: Consents;
  readonly passwords: Passwords;
  readonly codes: AuthorizationCodes;
  readonly refreshTokens: RefreshTokens;
  readonly deviceCodes: DeviceCodes;
  readonly sessions: Sessions;
  readonly signIns: SignIns;
  readonly script: Script;
  readonly log: RequestLog;
}

/** A world where nothing has happened yet. */
export function createWorld(clock: Clock, directory: Directory, key: SigningKey): World {
  return {
    clock,
    directory,
    key,
    settings: { tokenLifetime: 3600, region: "westeurope" },
    policies: new ConditionalAccess(clock),
    consents: new Consents(),
    passwords: new Passwords(clock),
    codes: new AuthorizationCodes(clock),
    refreshTokens: new RefreshTokens(clock),
    deviceCodes: new DeviceCodes(clock),
    sessions: new Sessions(),
    signIns: new SignIns(clock),
    script: new Script(),
    log: new RequestLog(clock),
  };
}
