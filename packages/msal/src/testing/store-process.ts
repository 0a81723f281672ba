/** A process that serves a store, as the one that tests it sees it: what `fork` of `node:child_process` gives. */
export interface StoreProcess {
  /** Tells it what to do. */
  send(task: StoreTask): unknown;
  /** Calls back with what it says. */
  on(event: "message", listener: (report: StoreReport) => void): unknown;
  /** Calls back when it has ended, however. */
  on(event: "exit", listener: () => void): unknown;
  /** Ends it at once, in the middle of whatever it does. */
  kill(signal: "SIGKILL"): unknown;
}

/** The same process, as its own program sees it: Node's `process`. */
export interface StoreProcessPort {
  /** Says something to whoever tests. Absent in a process that nobody tests. */
  send?(report: StoreReport): unknown;
  /** Calls back with what is to be done. */
  on(event: "message", listener: (task: StoreTask) => void): unknown;
  /** Calls back when whoever tests is gone. */
  on(event: "disconnect", listener: () => void): unknown;
  /** Ends the process. */
  exit(): unknown;
}

/** What a process is to do with its store. */
export interface StoreTask {
  /** Comes back with what the process says of it. */
  readonly id: number;
  /** Where the store is. One check has one, and none has another one's. */
  readonly place: string;
  readonly name: StoreTaskName;
  /** The number of this process among its equals. */
  readonly number: number;
}

/** All tasks there are. */
export type StoreTaskName =
  "set first" | "add" | "add locked" | "sums" | "fill" | "list" | "hold" | "enter" | "write on" | "read" | "rewrite";

/**
 * What a process says: that it can be told what to do; that it is in the middle of a task which has no end; what came
 * of one.
 */
export type StoreReport =
  | { readonly ready: true }
  | { readonly id: number; readonly begun: true }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly fault: string };
