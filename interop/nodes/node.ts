import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Answer, Question, Setup } from "./questions.ts";

/** A node that serves. */
export interface Node extends AsyncDisposable {
  ask(question: Question): Promise<Answer>;
}

/** How a user of the emulator signs in. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Starts a process of the bundled program. */
export async function startNode(program: string, setup: Setup): Promise<Node> {
  const child = spawn(process.execPath, [program, JSON.stringify(setup)], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const [port] = (await Promise.race([
    once(createInterface(child.stdout), "line"),
    ended.then(() => Promise.reject(new Error("a node ended before it served"))),
  ])) as string[];
  return {
    async ask(question) {
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: JSON.stringify(question) });
      return (await response.json()) as Answer;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Signs a user in at a node, and gives the home account id. */
export async function signInAt(node: Node, { username, password }: Credentials): Promise<string> {
  const answer = await node.ask({ kind: "sign in", username, password });
  if (answer.fault !== undefined) throw new Error(answer.fault);
  return answer.user;
}
