/** Calls code of the service. Its fault must not stop ours: the error is thrown in a task of its own. */
export function safely(call: () => void): void {
  try {
    call();
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
}
