import { expect } from "vitest";
import { MsalArgumentError } from "../../src/error/argument-error.ts";
import { MsalError } from "../../src/error/msal-error.ts";

/** The argument error that a call throws. */
export function argumentErrorOf(call: () => unknown): MsalArgumentError {
  const error = thrownBy(call);
  expect(error).toBeInstanceOf(MsalArgumentError);
  return error as MsalArgumentError;
}

/** The failure that a call throws. */
export function msalErrorOf(call: () => unknown): MsalError {
  const error = thrownBy(call);
  expect(error).toBeInstanceOf(MsalError);
  return error as MsalError;
}

/** The failure that a promise rejects with. */
export async function msalErrorFrom(promise: Promise<unknown>): Promise<MsalError> {
  const error = await reasonOf(promise);
  expect(error).toBeInstanceOf(MsalError);
  return error as MsalError;
}

/** The argument error that a promise rejects with. */
export async function argumentErrorFrom(promise: Promise<unknown>): Promise<MsalArgumentError> {
  const error = await reasonOf(promise);
  expect(error).toBeInstanceOf(MsalArgumentError);
  return error as MsalArgumentError;
}

function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}
