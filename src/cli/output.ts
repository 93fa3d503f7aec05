/** Writes one line to stdout; a reader that has gone away (`| head`) ends the program quietly. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Control characters that JSON leaves as they are, of a file's name, are escaped: a terminal would obey them. */
export function printJson(value: unknown): void {
  const escaped = (letter: string) => `\\u00${letter.charCodeAt(0).toString(16)}`;
  printLine(JSON.stringify(value).replace(/[\u007f-\u009f]/gu, escaped));
}

export function leaveQuietlyOnBrokenPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
