import { randomUUID } from "node:crypto";
import type { EmulatorUser } from "../directory.ts";
import { createHandle } from "./handles.ts";

/** One user who is signed in to one browser. */
export interface SignedIn {
  readonly user: EmulatorUser;
  readonly methods: readonly string[];
  readonly signedInAt: number;
}

/** A browser, known by its cookie. */
export interface BrowserSession {
  readonly id: string;
  /** What applications may know it by: the `session_state` of a response. */
  readonly publicId: string;
  /** By object id. */
  readonly signedIn: Map<string, SignedIn>;
}

/** The browsers that have been here. */
export class Sessions {
  readonly #sessions = new Map<string, BrowserSession>();

  find(id: string | undefined): BrowserSession | undefined {
    return id === undefined ? undefined : this.#sessions.get(id);
  }

  create(): BrowserSession {
    const session: BrowserSession = { id: createHandle("session"), publicId: randomUUID(), signedIn: new Map() };
    this.#sessions.set(session.id, session);
    return session;
  }

  /** Signs the user out of every browser. */
  signOut(user: EmulatorUser): void {
    for (const session of this.#sessions.values()) session.signedIn.delete(user.oid);
  }
}
