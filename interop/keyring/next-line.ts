import type { ChildProcess } from "node:child_process";
import type { Interface } from "node:readline";

/** The next line that a process prints. Rejects when it ends before. */
export function nextLine(child: ChildProcess, lines: Interface): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null): void => reject(new Error(`the process ended with ${code}`));
    child.once("error", reject).once("exit", fail);
    lines.once("line", (line) => {
      child.off("error", reject).off("exit", fail);
      resolve(line);
    });
  });
}
