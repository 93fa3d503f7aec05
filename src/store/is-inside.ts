import path from "node:path";

/** Whether a file is a folder, or lies below it. */
export function isInside(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folderPrefix(folder));
}

/** The folder as it starts every path below it: with one separator at its end. */
export function folderPrefix(folder: string): string {
  return folder.endsWith(path.sep) ? folder : folder + path.sep;
}
